// Serves the files of a folder on 127.0.0.1, to those with a login if there is one. It is a program of its own, as a test that waits for
// helm can't answer it. Arguments: the folder, and a file for the paths that were asked for. LOGIN is `user:password`; with TLS_CERTIFICATE and TLS_KEY it
// speaks TLS.
const { appendFileSync, existsSync, readFileSync, statSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { join, normalize } = require('node:path');

const [folder, log] = process.argv.slice(2);
const { LOGIN, TLS_CERTIFICATE, TLS_KEY } = process.env;
const expected = LOGIN && `Basic ${Buffer.from(LOGIN).toString('base64')}`;

function answer({ method, url, headers }, response) {
  const { pathname } = new URL(url, 'http://server');
  appendFileSync(log, `${pathname}\n`);
  if (expected && headers.authorization !== expected) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="charts"' }).end();
    return;
  }
  const file = join(folder, normalize(pathname));
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const content = readFileSync(file);
  // What a registry calls a manifest tells its own type.
  const type = pathname.includes('/manifests/') ? JSON.parse(content).mediaType : 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': content.length });
  response.end(method === 'HEAD' ? undefined : content);
}

const server = TLS_KEY ? https.createServer({ cert: TLS_CERTIFICATE, key: TLS_KEY }, answer) : http.createServer(answer);

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
