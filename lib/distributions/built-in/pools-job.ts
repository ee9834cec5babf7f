import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addJob } from '../../cdk8s/add-job';
import { objectLabels, objectName } from '../../components/names';
import { databaseOptions } from '../shared/airflow-options';
import { airflowPodTemplate } from './airflow-pod';
import type { BuiltInContext } from './context';

const FILE = 'pools.json';
const PATH = '/etc/airflow-pools';

/** Makes the pools, or gives those that are there what is said of them. Pools that nothing is said of stay as they are. */
export class PoolsJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const name = objectName(context, 'pools');
    const labels = objectLabels(context, 'pools');
    const pools = Object.entries(context.pools).map(([pool, { slots, description = '', includeDeferred = false }]) => {
      return [pool, { slots, description, include_deferred: includeDeferred }];
    });
    const data = { [FILE]: `${JSON.stringify(Object.fromEntries(pools), null, 2)}\n` };
    new ApiObject(this, 'config-map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data });
    addJob(this, {
      name,
      labels,
      podTemplate: airflowPodTemplate(this, context, {
        component: 'pools',
        args: ['pools', 'import', `${PATH}/${FILE}`],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [
          {
            volumes: [{ name: 'pools', configMap: { name } }],
            volumeMounts: [{ name: 'pools', mountPath: PATH, readOnly: true }],
          },
        ],
        waitFor: 'migration',
      }),
      alsoDependsOn: [databaseOptions(context.configuration.options), data],
    });
  }
}
