import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import { cidrProblem } from './cidr';
import type { NetworkPeer, NetworkPort } from './network-flow';

/**
 * Where tasks may connect to, beside what Airflow itself needs.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, NetworkDestination } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   networkPolicies: {
 *     taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432]), NetworkDestination.namespace('warehouse')],
 *   },
 * });
 */
export class NetworkDestination {
  /**
   * Whatever address, inside or outside of the cluster.
   * @param ports TCP ports; none means all.
   */
  static anywhere(ports?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'anywhere' }, ports, ['anywhere', ports]);
  }

  /**
   * The addresses of a block, of IPv4 or IPv6.
   * @param cidr the block in CIDR notation, as in `10.0.0.0/8`.
   * @param ports TCP ports; none means all.
   */
  static cidr(cidr: string, ports?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'cidr', cidr }, ports, ['cidr', cidr, ports]);
  }

  /**
   * The pods of a namespace.
   * @param name the name of the namespace.
   * @param ports TCP ports of the pods (not of their Services); none means all.
   */
  static namespace(name: string, ports?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'namespace', name }, ports, ['namespace', name, ports]);
  }

  private constructor(
    /** @internal */
    readonly _peer: NetworkPeer,
    private readonly ports: number[] | undefined,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _ports(): NetworkPort[] | undefined {
    return this.ports?.map((port) => ({ port, protocol: 'TCP' }));
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    if (this._peer.kind === 'cidr') {
      const problem = cidrProblem(this._peer.cidr);
      if (problem) validator.report(prop, this._peer.cidr, problem);
    }
    if (this._peer.kind === 'namespace') validator.dnsLabel(prop, this._peer.name);
    for (const { port } of this._ports ?? []) validator.wholeNumber(`${prop} port`, port, 1, 65535);
  }
}
