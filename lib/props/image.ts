import type { Construct } from 'constructs';
import { defined } from '../kubernetes/defined';
import { declareExisting } from '../kubernetes/existing-objects';
import type { PropValidator } from '../validation/prop-validator';

/** A container image. What is not given keeps its default. */
export interface ImageProps {
  /**
   * Registry and repository, as in `docker.io/apache/airflow`. One that is given does not come from `images.registry`.
   * @default - told where it is used
   */
  readonly repository?: string;
  /**
   * The tag; `latest` is an error without a digest.
   * @default - told where it is used
   */
  readonly tag?: string;
  /**
   * The digest, as in `sha256:…`, which pins the image for good. The tag then is only a remark.
   * @default - no digest
   */
  readonly digest?: string;
  /**
   * `Always`, `IfNotPresent` or `Never`.
   * @default "IfNotPresent"
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly pullPolicy?: string;
  /**
   * Names of Secrets of the type `kubernetes.io/dockerconfigjson` with the registry's credentials.
   * @default - none
   */
  readonly pullSecrets?: string[];
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
// A colon is for the port of the registry; behind the last slash it would be a tag.
const REPOSITORY = /^[a-zA-Z0-9]([-a-zA-Z0-9.]*(:\d+)?\/)?([-a-z0-9._]+\/)*[a-z0-9]([-a-z0-9._]*[a-z0-9])?$/;
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The defaults, with what is given instead of them. */
export function joinImages(...images: readonly (ImageProps | undefined)[]): ImageProps {
  return Object.assign({}, ...images.map(defined));
}

/** The image's reference: `repository:tag`, with `@digest` behind it where there is one. */
export function imageReference(image: ImageProps): string {
  return `${image.repository}:${image.tag}${image.digest ? `@${image.digest}` : ''}`;
}

/** Registry and repository apart. A first part with a dot or a port, or `localhost`, is a registry, as for any container runtime. */
export function splitRepository(text: string): { registry?: string; repository: string } {
  const [first, ...rest] = text.split('/');
  return /[.:]|^localhost$/.test(first) && rest.length > 0 ? { registry: first, repository: rest.join('/') } : { repository: text };
}

export function isRepository(text: string): boolean {
  return REPOSITORY.test(text);
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** `imagePullSecrets` of a pod whose image is this. The Secrets are the user's own. */
export function pullSecretsOf(scope: Construct, image: ImageProps): { imagePullSecrets?: { name: string }[] } {
  if (!image.pullSecrets) return {};
  for (const name of image.pullSecrets) declareExisting(scope, 'Secret', name);
  return { imagePullSecrets: image.pullSecrets.map((name) => ({ name })) };
}

export function validateImage(validator: PropValidator, prop: string, image: ImageProps | undefined): void {
  if (!image) return;
  const { repository, tag, digest, pullPolicy, pullSecrets } = image;
  if (repository !== undefined && !isRepository(repository)) {
    validator.report(`${prop}.repository`, repository, 'expected registry and repository, as in "docker.io/apache/airflow"');
  }
  if (tag !== undefined && ((tag === 'latest' && digest === undefined) || !TAG.test(tag))) {
    validator.report(`${prop}.tag`, tag, 'expected a tag that pins the image, as in "3.3.2"');
  }
  if (digest !== undefined && !isDigest(digest)) {
    validator.report(`${prop}.digest`, digest, 'expected "sha256:" and 64 hexadecimal digits');
  }
  validator.oneOf(`${prop}.pullPolicy`, pullPolicy, PULL_POLICIES);
  for (const [index, name] of (pullSecrets ?? []).entries()) validator.dnsSubdomain(`${prop}.pullSecrets[${index}]`, name);
}
