import { http, type Request, type Response } from './http';
import type { Tunnel } from './tunnel';

/** A way to a web server. */
export interface Site {
  request(request: Pick<Request, 'path' | 'method' | 'headers' | 'body'>): Promise<Response>;
}

/** By the Service of the web server; a broken way is opened anew at the next request. */
export function siteOfService(tunnel: Tunnel): Site {
  return {
    request: async (request) => {
      try {
        return await http({ address: '127.0.0.1', port: await tunnel.port(), ...request });
      } catch (error) {
        tunnel.close();
        throw error;
      }
    },
  };
}

/** By the address of an Ingress controller, which looks at the host that is asked for. */
export function siteOfIngress(address: string, host: string): Site {
  return { request: (request) => http({ address, port: 80, ...request, headers: { ...request.headers, Host: host } }) };
}
