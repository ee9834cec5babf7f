import type { PropValidator } from '../validation/prop-validator';

/** Reports what is no address of a server, or has more in it than that. */
export function validateAddress(
  validator: PropValidator,
  prop: string,
  address: string,
  protocols: readonly string[],
  example: string,
): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.username || url?.password) {
    // It may be a secret.
    validator.reportHidden(prop, `there is a login in it; expected the address alone, as in "${example}"`);
  } else if (!url || !protocols.includes(url.protocol) || url.hostname === '' || url.search || url.hash) {
    validator.report(prop, address, `expected an address, as in "${example}"`);
  }
}
