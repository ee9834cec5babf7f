import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { declareExisting } from '../kubernetes/existing-objects';
import { hashOf } from '../kubernetes/hash';
import type { Json } from '../kubernetes/json';
import type { PodPart } from '../kubernetes/pod-part';
import type { Content } from '../props/content';
import type { PropValidator } from '../validation/prop-validator';

const MAX_BYTES = 1024 * 1024;

export interface PodFilesProps {
  /** The name of the ConfigMap with what is text of the program. It is made if there is any. */
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly validator: PropValidator;
  /** The prop that is told where there is too much of it. */
  readonly prop: string;
}

/**
 * Files in pods, out of a ConfigMap of the library's, and of Secrets and ConfigMaps of the user's. They are mounted without the links by which
 * Kubernetes changes files: Airflow would follow those and find each plugin twice. So a pod has them as they were when it started.
 */
export class PodFiles extends Construct {
  private readonly texts: { [key: string]: string } = {};

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: PodFilesProps,
  ) {
    super(scope, id);
  }

  /** Files at paths of their own. */
  filesPart(files: { readonly [path: string]: Content }): PodPart {
    const paths = Object.keys(files);
    const names = new Map<string, string>();
    for (const path of paths)
      names.set(
        path,
        unused(keyOf(path), (name) => [...names.values()].includes(name)),
      );
    const nameOf = (path: string) => names.get(path) as string;
    return this.part(
      files,
      nameOf,
      paths.map((mountPath) => ({ mountPath, subPath: nameOf(mountPath) })),
    );
  }

  /** Files in a folder, in which there is nothing else. */
  folderPart(mountPath: string, files: { readonly [path: string]: Content }): PodPart {
    return this.part(files, (path) => `${this.id}/${path}`, [{ mountPath, subPath: this.id }]);
  }

  private part(files: { readonly [path: string]: Content }, pathOf: (path: string) => string, mounts: readonly Json[]): PodPart {
    if (Object.keys(files).length === 0) return {};
    const sources = Object.entries(files).map(([path, content]) => this.source(path, pathOf(path), content));
    const volume = { name: this.id, projected: { sources: sources.map(({ source }) => source), defaultMode: 0o440 } };
    return {
      volumes: [volume],
      volumeMounts: mounts.map((mount) => ({ name: this.id, ...mount, readOnly: true })),
      annotations: { [`cdk8s-airflow/${this.id}-checksum`]: hashOf(sources) },
    };
  }

  private source(given: string, path: string, { _source: content }: Content): { readonly source: object; readonly text?: string } {
    if (content.kind === 'text') {
      const items = [{ key: this.add(keyOf(given), content.text), path }];
      return { source: { configMap: { name: this.props.name, items } }, text: content.text };
    }
    declareExisting(this, content.kind, content.name);
    const kind = content.kind === 'Secret' ? 'secret' : 'configMap';
    return { source: { [kind]: { name: content.name, items: [{ key: content.key, path }] } } };
  }

  /** Two components may have other texts at the same path. */
  private add(wanted: string, text: string): string {
    if (Object.keys(this.texts).length === 0) this.addConfigMap();
    const key = unused(wanted, (name) => this.texts[name] !== undefined && this.texts[name] !== text);
    this.texts[key] = text;
    this.checkSize();
    return key;
  }

  private addConfigMap(): void {
    const { name, labels } = this.props;
    const data = Lazy.any({ produce: () => this.texts });
    new ApiObject(this, 'config-map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data });
  }

  private checkSize(): void {
    const { validator, prop } = this.props;
    const bytes = Object.values(this.texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes > MAX_BYTES) {
      validator.reportHidden(
        prop,
        'all in all it is more than 1 MiB, which is what a ConfigMap holds; put them into an image, and use that',
      );
    }
  }
}

function unused(wanted: string, isUsed: (name: string) => boolean): string {
  let name = wanted;
  for (let count = 2; isUsed(name); count++) name = `${wanted}-${count}`;
  return name;
}

/** The path as the key of a ConfigMap. */
function keyOf(path: string): string {
  return path
    .replace(/^\//, '')
    .replace(/[^-.\w]/g, '_')
    .replace(/^\.+/, '_');
}
