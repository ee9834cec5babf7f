import { Construct } from 'constructs';
import { addService } from '../../components/add-service';
import { objectName } from '../../components/names';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** Web interface, REST API and the API that tasks use. */
export class ApiServer extends Construct {
  readonly serviceName: string;

  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    this.serviceName = objectName(context, 'api-server');
    const [exposure] = context.exposures;
    const httpGet = { path: `${exposure?.prefix ?? ''}/api/v2/version`, port: 'http' };
    addAirflowDeployment(this, context, {
      component: 'api-server',
      args: ['api-server', ...(exposure ? ['--proxy-headers'] : [])],
      container: {
        startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10 },
        livenessProbe: { httpGet, periodSeconds: 15, timeoutSeconds: 15, failureThreshold: 4 },
      },
      parts: [
        // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
        ...(exposure ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
      ],
    });
    addService(this, context, 'api-server');
  }
}
