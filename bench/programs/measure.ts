import type { App } from 'cdk8s';

/** What a program with many charts tells: the first chart apart, as it also warms up. */
export interface Measurement {
  readonly milliseconds: number;
  readonly residentBytes: number;
}

/** Build and synthesise `count` charts in an app, and print how long it took and how much memory it has. */
export function measure(app: App, count: number, build: (app: App, index: number) => void): void {
  const start = performance.now();
  for (let index = 0; index < count; index++) build(app, index);
  app.synth();
  const result: Measurement = { milliseconds: performance.now() - start, residentBytes: process.memoryUsage().rss };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
