import { isDnsSubdomain, type PropValidator } from '../validation/prop-validator';
import { type ImageProps, isDigest, isRepository, joinImages, splitRepository } from './image';

/** Where the images of all pods come from, and which ones exactly they are. */
export interface ImagesProps {
  /**
   * A registry that has all images, with a path if there is one: it stands in the place of the registry of each image, and what follows
   * stays. With `registry.example.com/mirror`, `docker.io/apache/airflow:3.3.2` is `registry.example.com/mirror/apache/airflow:3.3.2`, and
   * `docker.io/library/postgres` is `registry.example.com/mirror/library/postgres`. An image whose `repository` you give keeps it, and so do
   * those of your own containers.
   * @default - each image from where its makers publish it
   */
  readonly registry?: string;
  /**
   * Digests, as in `sha256:…`, each by the image with its tag and where its makers publish it: `docker.io/apache/airflow:3.3.2`.
   * `Airflow.images` lists those that there are. Of a chart's own images the tag is taken too. A digest in the props of an image counts before that.
   * @default - none: images are pinned by their tags
   */
  readonly pins?: { readonly [image: string]: string };
  /**
   * Names of Secrets of the type `kubernetes.io/dockerconfigjson` with the credentials of registries, for all pods.
   * @default - none
   */
  readonly pullSecrets?: string[];
}

/** The images that the library names, as a deployment has them. */
export class Images {
  private readonly registry?: string;
  private readonly pins: { readonly [image: string]: string };
  private readonly pullSecrets: readonly string[];
  /** By where they are published. */
  private readonly known = new Set<string>();

  /** What is wrong is reported, and left out, so that it is not told of each image again. */
  constructor(
    private readonly validator: PropValidator,
    private readonly props: ImagesProps = {},
  ) {
    const { registry, pins = {}, pullSecrets = [] } = props;
    for (const [index, name] of pullSecrets.entries()) validator.dnsSubdomain(`images.pullSecrets[${index}]`, name);
    for (const [image, digest] of Object.entries(pins)) {
      if (!isDigest(digest)) validator.report(`images.pins["${image}"]`, digest, 'expected "sha256:" and 64 hexadecimal digits');
    }
    this.pins = Object.fromEntries(Object.entries(pins).filter(([, digest]) => isDigest(digest)));
    this.pullSecrets = pullSecrets.filter(isDnsSubdomain);
    if (registry === undefined) return;
    if (isRepository(`${registry}/image`) && splitRepository(`${registry}/image`).registry !== undefined) this.registry = registry;
    else
      validator.report('images.registry', registry, 'expected a registry, and a path if there is one, as in "registry.example.com/mirror"');
  }

  /** Whether all images are somewhere else than where their makers publish them. */
  get isMirrored(): boolean {
    return this.registry !== undefined;
  }

  /** An image of the library's, with what users give instead. */
  of(image: ImageProps, ...given: readonly (ImageProps | undefined)[]): ImageProps {
    const joined = joinImages(image, ...given);
    const reference = `${joined.repository}:${joined.tag}`;
    this.known.add(reference);
    const isGiven = given.some((each) => each?.repository !== undefined);
    return joinImages(joined, {
      ...(!isGiven && { repository: this.mirrored(`${joined.repository}`) }),
      digest: joined.digest ?? this.pins[reference],
      pullSecrets: this.pullSecretsWith(joined),
    });
  }

  /**
   * An image of a chart's, whose tag is the chart's to know; fields that neither the user nor this has a say in are left out.
   * @param tagPrefix how its tags begin, where other images are published there too.
   */
  ofChart(repository: string, given: ImageProps = {}, tagPrefix = ''): ImageProps {
    const name = `${given.repository ?? repository}:`;
    const pin = Object.keys(this.pins).find((image) => image.startsWith(`${name}${given.tag ?? tagPrefix}`));
    const isPinned = pin !== undefined && [undefined, pin.slice(name.length)].includes(given.tag);
    if (isPinned) this.known.add(pin);
    return joinImages(
      this.registry !== undefined ? { repository: this.mirrored(repository) } : {},
      isPinned ? { tag: pin.slice(name.length), digest: this.pins[pin] } : {},
      given,
      { pullSecrets: this.pullSecretsWith(given) },
    );
  }

  /** Reports pins of images that there are not, when all have been asked for. */
  validatePins(): void {
    for (const image of Object.keys(this.props.pins ?? {}).filter((each) => !this.known.has(each))) {
      const known = [...this.known].sort().join(', ');
      this.validator.report(`images.pins["${image}"]`, image, `there is no such image; there is: ${known || 'those of the chart'}`);
    }
  }

  private mirrored(repository: string): string {
    return this.registry === undefined ? repository : `${this.registry}/${splitRepository(repository).repository}`;
  }

  /** The Secrets for all images, and those for one; undefined where there is none. */
  pullSecretsWith({ pullSecrets = [] }: ImageProps): string[] | undefined {
    const names = [...new Set([...this.pullSecrets, ...pullSecrets])];
    return names.length > 0 ? names : undefined;
  }
}
