import { type ComponentPods, podPeers } from '../../components/component-pods';
import { destinationsOf } from '../../data-stores/data-store';
import { flowsBetween, type NetworkFlow } from '../../network/network-flow';
import type { DistributionInput } from '../contract';

/** Workers of a chart wait for the tables of Airflow by themselves, and tell the database what came of tasks, which those of the library do not. */
export function workerFlows({ database, clusterDomain }: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  return destinationsOf(database, pods, clusterDomain).flatMap(({ peer, ports }) => {
    return flowsBetween('its tables, and results of Celery', podPeers(pods, ['worker']), [peer], ports);
  });
}
