import { type IncomingHttpHeaders, request } from 'node:http';

export interface Request {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_SECONDS = 60;

/** An HTTP request that may set the Host header, as `fetch` may not: an Ingress goes by it. Redirects are not followed. */
export function http({ address, port, path, method = 'GET', headers, body }: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
    const outgoing = request({ host: address, port, path, method, headers, signal, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
