import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { SecretKey } from './secret-key';

/** The key that cert-manager and most others give it. */
const KEY = 'ca.crt';

/** Certificates of authorities by which a server is known: one file in PEM format, in a ConfigMap or a Secret that is in the namespace already. */
export class CaCertificates {
  /**
   * A file in a ConfigMap.
   * @param name the name of the ConfigMap.
   * @param key the key in it. It is "ca.crt" unless given.
   */
  static fromConfigMap(name: string, key?: string): CaCertificates {
    return new CaCertificates('ConfigMap', () => ({ name, key }), ['fromConfigMap', name, key]);
  }

  /**
   * A file in a Secret.
   * @param secret the Secret. The key in it is "ca.crt" unless given.
   */
  static fromSecret(secret: SecretKey): CaCertificates {
    return new CaCertificates('Secret', () => ({ name: secret.secretName, key: secret.key }), ['fromSecret', secret]);
  }

  private constructor(
    /** @internal */
    readonly _kind: 'ConfigMap' | 'Secret',
    private readonly source: () => { readonly name: string; readonly key: string | undefined },
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _name(): string {
    return this.source().name;
  }

  /** @internal */
  get _key(): string {
    return this.source().key ?? KEY;
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    validator.dnsSubdomain(this._kind === 'Secret' ? `${prop}.secretName` : `${prop}.name`, this._name);
    validator.secretKey(`${prop}.key`, this._key);
  }
}
