import type { NetworkPeer } from '../network/network-flow';

/** A proxy before the web interface: what others need to know of it, so that nobody asks which one it is. */
export interface Exposure {
  /** The prop by which users ask for it. */
  readonly prop: 'ingress' | 'httpRoute';
  /** What it is, in a sentence. */
  readonly what: string;
  /** The address that users come to, without a slash at the end. */
  readonly url: string;
  /** The path of that address: empty, or as `/airflow`. */
  readonly prefix: string;
  /** Whose pods connect to those of the web interface. */
  readonly client: NetworkPeer;
}
