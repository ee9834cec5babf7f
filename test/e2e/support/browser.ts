import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/temporary-folder';

/** A browser on this machine: Chromium, or Chrome. */
export const BROWSER = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0);

/** A page of a real browser without a window, which is told what to do by its DevTools protocol. */
export class Browser {
  private readonly answers = new Map<number, { resolve(result: object): void; reject(error: Error): void }>();
  private session?: string;
  private count = 0;

  private constructor(private readonly child: ChildProcess) {
    let received = '';
    (child.stdio[4] as Readable).on('data', (chunk) => {
      const messages = `${received}${chunk}`.split('\0');
      received = messages.pop() ?? '';
      for (const message of messages) this.receive(JSON.parse(message));
    });
  }

  /** @param addresses what hosts are, by name and port, as in `{ 'id.example.com:443': '127.0.0.1:8443' }`. */
  static async start(addresses: { readonly [host: string]: string }): Promise<Browser> {
    const rules = Object.entries(addresses).map(([host, address]) => `MAP ${host} ${address}`);
    const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-proxy-server', '--remote-debugging-pipe'];
    const own = [`--user-data-dir=${temporaryFolder()}`, `--host-resolver-rules=${rules.join(', ')}`, 'about:blank'];
    const browser = new Browser(spawn(`${BROWSER}`, [...options, ...own], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }));
    const { targetInfos } = (await browser.send('Target.getTargets')) as { targetInfos: { type: string; targetId: string }[] };
    const page = targetInfos.find(({ type }) => type === 'page');
    const attached = await browser.send('Target.attachToTarget', { targetId: page?.targetId, flatten: true });
    browser.session = (attached as { sessionId: string }).sessionId;
    return browser;
  }

  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
  }

  /** Click on what a person would read, when it is there. */
  async click(text: string): Promise<void> {
    const find = `[...document.querySelectorAll('a, button')].find((each) => each.innerText.trim() === ${JSON.stringify(text)})`;
    await eventually({ what: `"${text}" to click on`, minutes: 1 }, async () => {
      const found = await this.evaluate(`(() => { const found = ${find}; found?.click(); return found !== undefined })()`);
      if (!found) throw new Error(await this.text());
    });
  }

  /** Wait until a text is on the page. */
  async reads(text: string): Promise<void> {
    await eventually({ what: `"${text}" to be read`, minutes: 2 }, async () => {
      const page = await this.text();
      if (!page.includes(text)) throw new Error(page);
    });
  }

  close(): void {
    this.child.kill();
  }

  private async text(): Promise<string> {
    return `${await this.evaluate("location.href + ' ' + document.body.innerText")}`;
  }

  private async evaluate(expression: string): Promise<unknown> {
    const { result } = (await this.send('Runtime.evaluate', { expression })) as { result: { value: unknown } };
    return result.value;
  }

  private send(method: string, params: object = {}): Promise<object> {
    const id = ++this.count;
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => this.answers.set(id, { resolve, reject }));
  }

  private receive({ id, result, error }: { id?: number; result: object; error?: { message: string } }): void {
    const answer = id !== undefined ? this.answers.get(id) : undefined;
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }
}
