import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { declareExisting } from '../kubernetes/existing-objects';
import { hashOf } from '../kubernetes/hash';
import { mergePodParts, type PodPart } from '../kubernetes/pod-part';
import type { Target } from '../network/url-destinations';
import type { Content } from '../props/content';
import type { PropValidator } from '../validation/prop-validator';
import { isSecretName } from '../validation/secret-words';
import type { Connection } from './connection';
import type { ConnectionLookup, SecretsBackendPlan } from './secrets-backend';

const MODULE = 'cdk8s_airflow_connections';
const SCRIPT = readFileSync(join(__dirname, 'python', `${MODULE}.py`), 'utf8');
const INDEX = 'index.json';
const VOLUME = 'connections';
const FOLDER = '/etc/airflow-connections';
const MAX_BYTES = 1024 * 1024;

/** As Airflow checks it. */
const CONNECTION_ID = /^[\w#!()\-.:/\\]{1,250}$/;
const VARIABLE_KEY = /^(?!\s)[^\p{Cc}]{1,250}(?<!\s)$/u;

export interface ConnectionFilesProps {
  /** The name of the ConfigMap. */
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly connections: { readonly [id: string]: Connection };
  readonly variables: { readonly [key: string]: Content };
  /** What is asked for those that are not among them. */
  readonly next?: SecretsBackendPlan;
}

/**
 * Connections and variables of Airflow as files, and the secrets backend that reads them. It is one of the library's own, as that of Airflow wants
 * all in one file: here each value stays in its Secret, and a changed Secret reaches running pods.
 */
export class ConnectionFiles extends Construct implements ConnectionLookup {
  /** What a pod has that asks for connections and variables by itself. */
  readonly podPart: PodPart;
  readonly destinations: readonly Target[];

  private readonly items = new Map<string, { readonly kind: 'Secret' | 'ConfigMap'; readonly name: string; readonly keys: Set<string> }>();

  constructor(scope: Construct, id: string, props: ConnectionFilesProps) {
    super(scope, id);
    const { name, labels, next } = props;
    const index = {
      connections: mapped(props.connections, (connection) =>
        connection._entry(({ secretName, key }) => this.file('Secret', secretName, key)),
      ),
      variables: mapped(props.variables, (content) => this.variable(content)),
      ...(next && { next: { backend: next.backend, kwargs: next.kwargs } }),
    };
    new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels },
      data: { [INDEX]: `${JSON.stringify(index, null, 2)}\n`, [`${MODULE}.py`]: SCRIPT },
    });
    this.podPart = mergePodParts([this.partOf(name), next?.part ?? {}]);
    this.destinations = next?.destinations ?? [];
  }

  /** Reports what is wrong with connections and variables. */
  static validate(validator: PropValidator, { connections, variables }: Pick<ConnectionFilesProps, 'connections' | 'variables'>): void {
    for (const [id, connection] of Object.entries(connections)) {
      const prop = `connections["${id}"]`;
      if (!CONNECTION_ID.test(id)) {
        validator.report(prop, id, 'expected the id of a connection: letters, digits and any of _#!()-.:/\\, as in "warehouse"');
      }
      connection._validate(validator, prop);
    }
    for (const [key, content] of Object.entries(variables)) {
      if (!VARIABLE_KEY.test(key)) validator.report(`variables["${key}"]`, key, 'expected the key of a variable, as in "stage"');
      content._validate(validator, `variables["${key}"]`);
      if (isSecretName(key) && content._source.kind === 'text') {
        validator.reportHidden(
          `variables["${key}"]`,
          "its name says that it is secret; expected Content.fromSecret({ secretName: '…', key: '…' })",
        );
      }
    }
    const texts = Object.values(variables).flatMap(({ _source: source }) => (source.kind === 'text' ? [source.text] : []));
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
    if (bytes > MAX_BYTES - 64 * 1024) {
      validator.report('variables', `${bytes} bytes`, 'expected less than 960 KiB of text in all, which is what a ConfigMap holds');
    }
  }

  private variable({ _source: source }: Content): unknown {
    return source.kind === 'text' ? source.text : { file: this.file(source.kind, source.name, source.key ?? '') };
  }

  /** The path of the file with the value of a key, below the folder. */
  private file(kind: 'Secret' | 'ConfigMap', name: string, key: string): string {
    const folder = `${kind === 'Secret' ? 'secrets' : 'config-maps'}/${name}`;
    const item = this.items.get(folder) ?? { kind, name, keys: new Set() };
    this.items.set(folder, item);
    item.keys.add(key);
    return `${folder}/${key}`;
  }

  private partOf(configMapName: string): PodPart {
    const sources = [...this.items].map(([folder, { kind, name, keys }]) => {
      declareExisting(this, kind, name);
      const items = [...keys].map((key) => ({ key, path: `${folder}/${key}` }));
      return { [kind === 'Secret' ? 'secret' : 'configMap']: { name, items } };
    });
    const own = {
      name: configMapName,
      items: [
        { key: INDEX, path: INDEX },
        { key: `${MODULE}.py`, path: `python/${MODULE}.py` },
      ],
    };
    return {
      volumes: [{ name: VOLUME, projected: { sources: [{ configMap: own }, ...sources], defaultMode: 0o440 } }],
      volumeMounts: [{ name: VOLUME, mountPath: FOLDER, readOnly: true }],
      // What the files hold is read when it is asked for, the script once.
      annotations: { 'cdk8s-airflow/connections-checksum': hashOf(SCRIPT) },
      env: [
        { name: 'PYTHONPATH', value: `${FOLDER}/python` },
        { name: 'AIRFLOW__SECRETS__BACKEND', value: `${MODULE}.FilesBackend` },
      ],
    };
  }
}

function mapped<Value>(map: { readonly [name: string]: Value }, to: (value: Value) => unknown): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, to(value)]));
}
