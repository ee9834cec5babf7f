import { readFileSync } from 'node:fs';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { SecretKey } from './secret-key';

/** A value in a ConfigMap that is in the cluster already. */
export interface ConfigMapKey {
  /** The name of the ConfigMap, in the namespace of the pods. */
  readonly configMapName: string;
  /** The key in it. */
  readonly key: string;
}

/** Text, or where a pod finds it. */
export type ContentSource =
  | { readonly kind: 'text'; readonly text: string; readonly problem?: string }
  | { readonly kind: 'Secret' | 'ConfigMap'; readonly name: string; readonly key: string | undefined };

/**
 * A text that pods get: written in the program, from a file that is read at synth, or out of a Secret or a ConfigMap of the cluster.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Content } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   variables: {
 *     stage: Content.fromText('production'),
 *     token: Content.fromSecret({ secretName: 'shop', key: 'api-token' }),
 *   },
 * });
 */
export class Content {
  /**
   * The text itself. It stands in a manifest, so that it must not be secret.
   * @param text the text.
   */
  static fromText(text: string): Content {
    return new Content(() => ({ kind: 'text', text }), ['fromText', text]);
  }

  /**
   * What a file holds, in UTF-8. It is read at synth and stands in a manifest, so that it must not be secret.
   * @param path the file, relative to the working directory.
   */
  static fromFile(path: string): Content {
    return new Content(() => readText(path), ['fromFile', path]);
  }

  /**
   * The value of a key of a Secret that the user makes. What changes in the Secret reaches running pods after a minute or so.
   * @param secret the Secret, and the key in it.
   */
  static fromSecret(secret: SecretKey): Content {
    return new Content(() => ({ kind: 'Secret', name: secret.secretName, key: secret.key }), ['fromSecret', secret]);
  }

  /**
   * The value of a key of a ConfigMap that the user makes. What changes in the ConfigMap reaches running pods after a minute or so.
   * @param configMap the ConfigMap, and the key in it.
   */
  static fromConfigMap(configMap: ConfigMapKey): Content {
    return new Content(() => ({ kind: 'ConfigMap', name: configMap.configMapName, key: configMap.key }), ['fromConfigMap', configMap]);
  }

  private constructor(
    private readonly read: () => ContentSource,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _source(): ContentSource {
    return this.read();
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const source = this._source;
    if (source.kind === 'text') {
      if (source.problem) validator.reportHidden(prop, source.problem);
      return;
    }
    validator.dnsSubdomain(`${prop}.${source.kind === 'Secret' ? 'secretName' : 'configMapName'}`, source.name);
    if (source.key === undefined) validator.reportHidden(`${prop}.key`, 'it is missing; expected the key in the Secret, as in "password"');
    validator.secretKey(`${prop}.key`, source.key);
  }
}

/** A file that can't be read is told as other wrong props are. */
function readText(path: string): ContentSource {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return { kind: 'text', text: '', problem: fileProblem(path, error) };
  }
}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'it is no folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is no text in UTF-8',
};

/** Why a file or a folder can't be read, for the error of a prop. */
export function fileProblem(path: string, error: unknown): string {
  const { code = 'unknown' } = error as { readonly code?: string };
  return `${path} can't be read: ${REASONS[code] ?? code}`;
}
