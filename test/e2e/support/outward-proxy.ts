import { kubectl } from '../../support/kubectl';
import { clearNamespace, freshNamespace } from '../../support/namespaces';
import type { Authority } from './certificates';
import { startServer } from './servers';

const NAMESPACE = 'outward-proxy';
const NAME = 'proxy';
const PORT = 3128;
export const PROXY_URL = `http://${NAME}.${NAMESPACE}.svc.cluster.local:${PORT}`;
export const PROXY_LOGIN = 'pods:only-for-tests';

/** For whoever has the login: to each name that it knows, by a certificate of its own, as proxies do that look into what passes through. */
const SOURCE = `import base64
import json
import os
import select
import socket
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TARGETS = json.loads(os.environ["TARGETS"])
LOGIN = "Basic " + base64.b64encode(os.environ["LOGIN"].encode()).decode()


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        name = self.path.removesuffix(":443")
        if name not in TARGETS:
            return self.send_error(502)
        if self.headers["Proxy-Authorization"] != LOGIN:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')  # git asks without a login first
            self.send_header("Content-Length", "0")
            return self.end_headers()
        self.close_connection = True  # at its end
        self.send_response(200)
        self.end_headers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path("/srv", name + ".pem"))
        client = context.wrap_socket(self.connection, server_side=True)
        with socket.create_connection(TARGETS[name]) as server:
            other = {client: server, server: client}
            while True:
                for ready in [client] if client.pending() else select.select([client, server], [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    other[ready].sendall(data)


ThreadingHTTPServer(("", ${PORT}), Proxy).serve_forever()
`;

/**
 * Start a proxy, the only way to the names that it knows: no DNS has them.
 * @param image must have Python.
 * @param targets host and port in the cluster, without TLS, by the name for which the proxy speaks TLS.
 */
export async function startOutwardProxy(
  image: string,
  authority: Authority,
  targets: { readonly [name: string]: readonly [string, number] },
): Promise<void> {
  const pem = (name: string) => {
    const { certificate, key } = authority.sign(name);
    return [`${name}.pem`, `${certificate}\n${key}`];
  };
  await freshNamespace(NAMESPACE);
  await startServer({
    namespace: NAMESPACE,
    name: NAME,
    image,
    command: ['python', '-u', '/srv/proxy.py'],
    env: { TARGETS: JSON.stringify(targets), LOGIN: PROXY_LOGIN },
    files: { mountPath: '/srv', text: { 'proxy.py': SOURCE, ...Object.fromEntries(Object.keys(targets).map(pem)) } },
    ports: { [PORT]: PORT },
  });
}

/** What was asked of it, a line each. */
export function proxyLog(): Promise<string> {
  return kubectl(['logs', '--namespace', NAMESPACE, `deployment/${NAME}`]);
}

export function stopOutwardProxy(): Promise<void> {
  return clearNamespace(NAMESPACE);
}
