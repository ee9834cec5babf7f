import type { SecretKey } from '../props/secret-key';
import type { PropValidator } from '../validation/prop-validator';
import type { LogsPlan } from './logs-plan';
import { addressOf, type SearchLogsProps, searchStorePlan } from './search-store';

/** Logs in an index of OpenSearch. */
export interface OpenSearchLogsProps extends SearchLogsProps {
  /**
   * The user.
   * @default - no login
   * @see Airflow option [opensearch] username
   */
  readonly user?: string;
  /**
   * Where the password of the user is. The key is "password" unless given. Pods that write or read logs have it, and with it the code of DAGs that
   * runs in them: it should be good for the index alone.
   * @default - no login
   * @see Airflow option [opensearch] password
   */
  readonly password?: SecretKey;
}

const VOLUME = 'logs-login';
const FOLDER = '/etc/airflow-logs';

export function openSearchPlan(props: OpenSearchLogsProps): LogsPlan {
  const { url, user = '', password } = props;
  const { protocol, hostname, port } = addressOf(url);
  const isTls = protocol === 'https:';
  return searchStorePlan(props, {
    section: 'opensearch',
    options: { host: `${protocol}//${hostname}`, port, username: user, write_to_os: 'True' },
    // By the provider's defaults the client would trust whoever answers.
    clientOptions: isTls ? { use_ssl: 'True', verify_certs: 'True', ssl_assert_hostname: hostname } : {},
    needs: {
      // Before, Airflow left it to others to bring logs there.
      oldestVersion: '3.2.0',
      providerPackage: 'apache-airflow-providers-opensearch',
      secretName: password?.secretName,
      part: password && {
        volumes: [
          {
            name: VOLUME,
            projected: {
              sources: [{ secret: { name: password.secretName, items: [{ key: password.key ?? 'password', path: 'password' }] } }],
              defaultMode: 0o440,
            },
          },
        ],
        volumeMounts: [{ name: VOLUME, mountPath: FOLDER, readOnly: true }],
        env: [{ name: 'AIRFLOW__OPENSEARCH__PASSWORD_CMD', value: `cat ${FOLDER}/password` }],
      },
    },
    validate: (validator, prop) => validateLogin(validator, prop, props),
  });
}

function validateLogin(validator: PropValidator, prop: string, { user, password }: OpenSearchLogsProps): void {
  if ((user === undefined) !== (password === undefined)) {
    validator.reportHidden(
      `${prop}.${user === undefined ? 'user' : 'password'}`,
      'it is missing; expected both user and password, or neither',
    );
  }
  if (user !== undefined && !/^[^\s:]+$/.test(user)) validator.report(`${prop}.user`, user, 'expected the name of a user, as in "airflow"');
  validator.secret(`${prop}.password`, password);
}
