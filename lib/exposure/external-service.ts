import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { cidrProblem } from '../network/cidr';
import { ANYWHERE, type NetworkPeer } from '../network/network-flow';
import type { Given } from '../validation/checked-props';
import { isQualifiedName, type PropValidator } from '../validation/prop-validator';

/** What can be set for a Service that is reached from outside of the cluster. */
export interface ExternalServiceProps {
  /**
   * From which addresses it is reached: blocks in CIDR notation, as in `10.0.0.0/8`. The NetworkPolicy lets in those alone; so that it sees them, requests
   * are served only by nodes on which such a pod runs (externalTrafficPolicy: Local). A load balancer that puts its own address in the
   * place of the client's has to be among them.
   * @default - from anywhere
   * @see Kubernetes field loadBalancerSourceRanges
   */
  readonly sourceRanges?: string[];
  /**
   * The port of the Service.
   * @default 80
   */
  readonly port?: number;
  /**
   * Annotations, by which clouds are told more of a load balancer.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** What can be set for a Service of type NodePort. */
export interface NodePortProps extends ExternalServiceProps {
  /**
   * The port of the nodes, in the range of the cluster: 30000 to 32767, if it has no other.
   * @default - one that the cluster chooses, and keeps
   */
  readonly nodePort?: number;
}

/** What can be set for a Service of type LoadBalancer. */
export interface LoadBalancerProps extends ExternalServiceProps {
  /**
   * Which of the cluster's load balancers it is. It can't be changed.
   * @default - the cluster's default
   * @see Kubernetes field loadBalancerClass
   */
  readonly loadBalancerClass?: string;
}

/** What the Service is for. */
interface ServiceTarget {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  /** The labels of its pods, and their port. */
  readonly podLabels: { readonly [name: string]: string };
  readonly podPort: number;
}

/**
 * A Service that is reached from outside of the cluster, without an Ingress. It speaks http.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, ExternalService } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   externalService: ExternalService.loadBalancer({ sourceRanges: ['10.0.0.0/8'] }),
 *   config: { api: { base_url: 'http://airflow.example.com' } },
 * });
 */
export class ExternalService {
  /**
   * At a port of every node.
   * @param props which port, and for whom.
   */
  static nodePort(props: NodePortProps = {}): ExternalService {
    return new ExternalService('NodePort', props, ['nodePort', props]);
  }

  /**
   * At a load balancer, which the cluster has to have.
   * @param props which one, and for whom.
   */
  static loadBalancer(props: LoadBalancerProps = {}): ExternalService {
    return new ExternalService('LoadBalancer', props, ['loadBalancer', props]);
  }

  private constructor(
    private readonly type: 'NodePort' | 'LoadBalancer',
    private readonly props: NodePortProps & LoadBalancerProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * Who connects to the pods.
   * @internal
   */
  get _clients(): NetworkPeer[] {
    return this.props.sourceRanges?.map((cidr) => ({ kind: 'cidr', cidr })) ?? [ANYWHERE];
  }

  /** @internal */
  _addTo(scope: Construct, id: string, { name, labels, podLabels, podPort }: ServiceTarget): void {
    const { sourceRanges, port = 80, annotations, nodePort, loadBalancerClass } = this.props;
    new ApiObject(scope, id, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels, annotations },
      spec: {
        type: this.type,
        loadBalancerClass,
        ...(sourceRanges && { externalTrafficPolicy: 'Local' }),
        ...(this.type === 'LoadBalancer' && { loadBalancerSourceRanges: sourceRanges }),
        selector: podLabels,
        ports: [{ name: 'http', port, targetPort: podPort, nodePort, protocol: 'TCP' }],
      },
    });
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const { sourceRanges, port, annotations, nodePort, loadBalancerClass } = this.props;
    if (sourceRanges?.length === 0) {
      validator.report(`${prop}.sourceRanges`, sourceRanges, 'expected at least one block, or no list for any address');
    }
    for (const [index, cidr] of (sourceRanges ?? []).entries()) {
      const problem = cidrProblem(cidr);
      if (problem) validator.report(`${prop}.sourceRanges[${index}]`, cidr, problem);
    }
    validator.wholeNumber(`${prop}.port`, port, 1, 65535);
    validator.wholeNumber(`${prop}.nodePort`, nodePort, 1, 65535);
    validator.annotations(`${prop}.annotations`, annotations);
    if (loadBalancerClass !== undefined && !isQualifiedName(loadBalancerClass)) {
      validator.report(`${prop}.loadBalancerClass`, loadBalancerClass, 'expected a name, as in "service.k8s.aws/nlb"');
    }
  }
}
