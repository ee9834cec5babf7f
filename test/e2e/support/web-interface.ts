import type { Response } from './http';
import type { Site } from './site';

/** Sign in as a person does, with the form of the web interface; the cookies of the session. */
export async function signInByForm(site: Site, username: string, password: string): Promise<string> {
  const form = await site.request({ path: '/auth/login/' });
  const [, token] = /name="csrf_token"[^>]*value="([^"]+)"/.exec(form.body) ?? [];
  if (form.status !== 200 || !token) throw new Error(`no form to sign in: ${form.status} ${form.body.slice(0, 500)}`);
  const answer = await site.request({
    path: '/auth/login/',
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookiesOf(form) },
    body: new URLSearchParams({ csrf_token: token, username, password }).toString(),
  });
  if (![302, 303, 307].includes(answer.status)) throw new Error(`signing in was answered ${answer.status}`);
  const cookies = cookiesOf(answer);
  if (!/(^|; )_token=/.test(cookies)) throw new Error(`no session after signing in, but: ${answer.headers.location}`);
  return cookies;
}

function cookiesOf({ headers }: Response): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}
