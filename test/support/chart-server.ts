import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Certificate } from '../e2e/support/certificates';
import { testHelm } from './helm';

/** A chart repository and a registry, on a port of this machine. `stop` it when the test is over. */
export class ChartServer {
  /**
   * @param folder an empty folder, for the files that are served.
   * @param charts paths of charts, which are packed.
   * @param login `user:password`, without which nobody gets anything.
   * @param certificate for `localhost`, with which it speaks TLS.
   */
  static async start(folder: string, charts: readonly string[], login?: string, certificate?: Certificate): Promise<ChartServer> {
    const files = join(folder, 'files');
    mkdirSync(files, { recursive: true });
    const packages = charts.map((chart) => packed(chart, files));
    execFileSync(testHelm(), ['repo', 'index', files]);
    for (const path of packages) pushed(path, files);
    const log = join(folder, 'log');
    const server = spawn(process.execPath, [join(__dirname, 'chart-server.cjs'), files, log], {
      env: { ...process.env, LOGIN: login, TLS_CERTIFICATE: certificate?.certificate, TLS_KEY: certificate?.key },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.stdout.once('data', (line) => resolve(Number(line)));
      server.once('exit', (code) => reject(new Error(`the chart server ended with ${code}`)));
    });
    return new ChartServer(server, certificate ? 'https' : 'http', port, log);
  }

  private constructor(
    private readonly server: ChildProcess,
    private readonly scheme: 'http' | 'https',
    private readonly port: number,
    private readonly log: string,
  ) {}

  /** The address of the repository. */
  get url(): string {
    return `${this.scheme}://${this.registry}`;
  }

  /** The host of the registry. A chart is at `charts/<name>` in it. */
  get registry(): string {
    return `${this.scheme === 'https' ? 'localhost' : '127.0.0.1'}:${this.port}`;
  }

  /** The paths that were asked for, in their order. */
  get requests(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').trim().split('\n') : [];
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill();
    await ended;
  }
}

function packed(chart: string, files: string): string {
  const said = execFileSync(testHelm(), ['package', `--destination=${files}`, chart], { encoding: 'utf8' });
  return said.replace(/^.*saved it to: /s, '').trim();
}

/** Lay a packed chart out as a registry serves it: under its version a manifest, and the bytes under their digests. */
function pushed(path: string, files: string): void {
  const [, name, version] = /^(.*)-(\d.*)\.tgz$/.exec(basename(path)) ?? [];
  const repository = join(files, 'v2', 'charts', name);
  const blob = (content: Buffer, mediaType: string) => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    mkdirSync(join(repository, 'blobs'), { recursive: true });
    writeFileSync(join(repository, 'blobs', digest), content);
    return { mediaType, digest, size: content.length };
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: blob(Buffer.from(JSON.stringify({ apiVersion: 'v2', name, version })), 'application/vnd.cncf.helm.config.v1+json'),
    layers: [blob(readFileSync(path), 'application/vnd.cncf.helm.chart.content.v1.tar+gzip')],
  };
  mkdirSync(join(repository, 'manifests'), { recursive: true });
  writeFileSync(join(repository, 'manifests', version), JSON.stringify(manifest));
}
