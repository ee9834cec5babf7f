import type { Response } from './http';
import { ISSUER } from './oidc-provider';
import type { Site } from './site';

/** What came of it: the cookies of the web interface, and where it leads at the end. */
export interface SignedIn {
  readonly cookies: { readonly [name: string]: string };
  readonly location: string;
}

/** Sign in at the provider as one of its users, by the redirects that a browser follows: each goes with the cookies that came before. */
export async function signInAtProvider(airflow: Site, provider: Site, user: string): Promise<SignedIn> {
  const cookies: { [name: string]: string } = {};
  const ask = async (path: string) => {
    const cookie = Object.entries(cookies).map((pair) => pair.join('='));
    const response = await airflow.request({ path, headers: { Cookie: cookie.join('; ') } });
    for (const text of response.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies[name] = value;
    }
    return response;
  };
  const page = await ask('/auth/login/');
  if (!page.body.includes('Sign In with')) throw new Error(`no button to sign in: ${page.status} ${page.body.slice(0, 500)}`);
  const toProvider = redirectOf(await ask('/auth/login/oidc?next='));
  if (!toProvider.href.startsWith(`${ISSUER}/authorize?`)) throw new Error(`it leads to ${toProvider}`);
  const back = redirectOf(await provider.request({ path: `${toProvider.pathname}${toProvider.search}&user=${user}` }));
  const location = redirectOf(await ask(`${back.pathname}${back.search}`)).pathname;
  return { cookies, location };
}

function redirectOf({ status, headers, body }: Response): URL {
  if (![302, 303, 307].includes(status)) throw new Error(`no redirect, but ${status}: ${body.slice(0, 500)}`);
  return new URL(`${headers.location}`, 'http://127.0.0.1');
}
