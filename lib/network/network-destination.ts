import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import { cidrProblem } from './cidr';
import { type NetworkPeer, type NetworkPort, tcp, udp } from './network-flow';
import type { Destination } from './url-destinations';

/**
 * Where pods may connect to, beside what Airflow itself needs. With ports of neither TCP nor UDP it means all of any protocol.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, NetworkDestination } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   networkPolicies: {
 *     taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432]), NetworkDestination.namespace('warehouse')],
 *   },
 *   allComponents: { egress: [NetworkDestination.namespace('monitoring', [], [9125])] },
 * });
 */
export class NetworkDestination {
  /**
   * Whatever address, inside or outside of the cluster, but for those at which clouds tell a node who it is, as all of `169.254.0.0/16`, and those of
   * `networkPolicies.kubernetesApi`. Who means one of these says so by `cidr`.
   * @param ports TCP ports.
   * @param udpPorts UDP ports.
   */
  static anywhere(ports?: number[], udpPorts?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'anywhere' }, ports, udpPorts, ['anywhere', ports, udpPorts]);
  }

  /**
   * The addresses of a block, of IPv4 or IPv6.
   * @param cidr the block in CIDR notation, as in `10.0.0.0/8`.
   * @param ports TCP ports.
   * @param udpPorts UDP ports.
   */
  static cidr(cidr: string, ports?: number[], udpPorts?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'cidr', cidr }, ports, udpPorts, ['cidr', cidr, ports, udpPorts]);
  }

  /**
   * The pods of a namespace.
   * @param name the name of the namespace.
   * @param ports TCP ports of the pods (not of their Services).
   * @param udpPorts UDP ports of the pods.
   */
  static namespace(name: string, ports?: number[], udpPorts?: number[]): NetworkDestination {
    return new NetworkDestination({ kind: 'namespace', name }, ports, udpPorts, ['namespace', name, ports, udpPorts]);
  }

  /**
   * Some pods of a namespace.
   * @param namespace the name of the namespace.
   * @param labels the labels that they have.
   * @param ports TCP ports of the pods (not of their Services).
   * @param udpPorts UDP ports of the pods.
   */
  static pods(namespace: string, labels: { [name: string]: string }, ports?: number[], udpPorts?: number[]): NetworkDestination {
    const peer: NetworkPeer = { kind: 'namespace', name: namespace, labels };
    return new NetworkDestination(peer, ports, udpPorts, ['pods', namespace, labels, ports, udpPorts]);
  }

  private constructor(
    /** @internal */
    readonly _peer: NetworkPeer,
    private readonly ports: number[] | undefined,
    private readonly udpPorts: number[] | undefined,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * Whom a NetworkPolicy must let through.
   * @internal
   */
  get _destination(): Destination {
    return { peer: this._peer, ports: this._ports };
  }

  /** @internal */
  get _ports(): NetworkPort[] | undefined {
    const { ports = [], udpPorts = [] } = this;
    const all = [...ports.map(tcp), ...udpPorts.map(udp)];
    return all.length > 0 ? all : undefined;
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    if (this._peer.kind === 'cidr') {
      const problem = cidrProblem(this._peer.cidr);
      if (problem) validator.report(prop, this._peer.cidr, problem);
    }
    if (this._peer.kind === 'namespace') {
      validator.dnsLabel(prop, this._peer.name);
      validator.labels(`${prop}.labels`, this._peer.labels);
    }
    for (const { port } of this._ports ?? []) validator.wholeNumber(`${prop} port`, port, 1, 65535);
  }
}
