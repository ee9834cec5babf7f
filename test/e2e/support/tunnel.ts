import { type ChildProcess, spawn } from 'node:child_process';
import { requireKubeconfig } from '../../support/kubectl';

const START_SECONDS = 30;

/**
 * A port of this machine's own address that leads to a port of a Service: `kubectl port-forward`, which works on any cluster. It leads
 * to one pod: `close` it when that pod may be gone, the next `port` opens it again.
 */
export class Tunnel {
  private open?: { child: ChildProcess; port: Promise<number> };

  constructor(
    private readonly namespace: string,
    private readonly service: string,
    private readonly servicePort: number,
  ) {}

  port(): Promise<number> {
    if (this.open?.child.exitCode !== null) this.open = this.start();
    return this.open.port;
  }

  close(): void {
    this.open?.child.kill();
    this.open = undefined;
  }

  private start() {
    requireKubeconfig();
    const target = ['--namespace', this.namespace, `service/${this.service}`, `:${this.servicePort}`];
    const child = spawn('kubectl', ['port-forward', '--address', '127.0.0.1', ...target], { stdio: ['ignore', 'pipe', 'pipe'] });
    const port = new Promise<number>((resolve, reject) => {
      let said = '';
      const fail = (reason: string) => {
        child.kill();
        reject(new Error(`no port-forward to ${this.service}: ${reason}. ${said}`));
      };
      const timer = setTimeout(() => fail(`nothing after ${START_SECONDS} s`), START_SECONDS * 1000);
      const listen = (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-2000);
        const [, found] = /127\.0\.0\.1:(\d+) ->/.exec(said) ?? [];
        if (!found) return;
        clearTimeout(timer);
        resolve(Number(found));
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.on('error', (error) => fail(error.message));
      child.on('exit', (code) => {
        clearTimeout(timer);
        fail(`it ended with ${code}`);
      });
    });
    port.catch(() => {}); // who awaits it gets the error; it may also end while nobody waits
    return { child, port };
  }
}
