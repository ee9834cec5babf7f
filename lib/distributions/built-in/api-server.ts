import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PORTS } from '../../components/components';
import { objectLabels, objectName, selectorLabels } from '../../components/names';
import { ingressPrefix } from '../../exposure/ingress-exposure';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** Web interface, REST API and the API that tasks use. */
export class ApiServer extends Construct {
  readonly serviceName: string;

  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    this.serviceName = objectName(context, 'api-server');
    const { ingress } = context;
    const httpGet = { path: `${ingressPrefix(ingress)}/api/v2/version`, port: 'http' };
    addAirflowDeployment(this, context, {
      component: 'api-server',
      args: ['api-server', ...(ingress ? ['--proxy-headers'] : [])],
      container: {
        startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10 },
        livenessProbe: { httpGet, periodSeconds: 15, timeoutSeconds: 15, failureThreshold: 4 },
      },
      parts: [
        // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
        ...(ingress ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
      ],
    });
    new ApiObject(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: this.serviceName, labels: objectLabels(context, 'api-server') },
      spec: {
        selector: selectorLabels(context, 'api-server'),
        ports: [{ name: 'http', port: PORTS.apiServer, targetPort: 'http', protocol: 'TCP' }],
      },
    });
  }
}
