import { Construct } from 'constructs';
import { addService } from '../../components/add-service';
import { PORTS } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { filesVolume } from '../../credentials/secrets-volume';
import type { FlowerProps } from '../../executors/flower';
import { addExposures, exposuresOf } from '../../exposure/exposures';
import { declareExisting } from '../../kubernetes/existing-objects';
import type { Json } from '../../kubernetes/json';
import { isIpv6 } from '../shared/host-address';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

const LOGIN_PATH = '/etc/airflow-flower';
const LOGIN_KEY = 'basicAuth';
/**
 * It fails where there is no name and password: without, Flower would let everybody in. Airflow takes a line end for a part of the last password. In a
 * variable Kubernetes has a meaning of its own for what a shell writes as $(…).
 */
const READ_LOGIN = `sh -c 'login=\`grep -m1 .:. ${LOGIN_PATH}/${LOGIN_KEY}\` && printf %s "$login"'`;

/** Flower, which shows what Celery workers do. */
export class Flower extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext, flower: FlowerProps) {
    super(scope, id);
    const { secretName, key = LOGIN_KEY } = flower.basicAuth;
    const [exposure] = exposuresOf(flower);
    declareExisting(this, 'Secret', secretName);
    const httpGet = { path: `${exposure?.prefix ?? ''}/healthcheck`, port: 'http' };
    addAirflowDeployment(this, context, {
      component: 'flower',
      args: ['celery', 'flower', ...(isIpv6(context) ? ['--hostname', '::'] : [])],
      container: {
        startupProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
        readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10 },
        livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 15, failureThreshold: 4 },
      },
      parts: [
        {
          volumes: [filesVolume('flower-login', [{ path: LOGIN_KEY, kind: 'Secret', name: secretName, key }]) as Json],
          volumeMounts: [{ name: 'flower-login', mountPath: LOGIN_PATH, readOnly: true }],
          env: [
            { name: 'AIRFLOW__CELERY__FLOWER_BASIC_AUTH_CMD', value: READ_LOGIN },
            ...(exposure?.prefix ? [{ name: 'AIRFLOW__CELERY__FLOWER_URL_PREFIX', value: exposure.prefix }] : []),
          ],
        },
      ],
    });
    const [name, labels] = [objectName(context, 'flower'), objectLabels(context, 'flower')];
    addService(this, context, 'flower');
    addExposures(this, flower, { serviceName: name, servicePort: PORTS.flower, labels }, 'executor.flower.');
  }
}
