import type { SecretKey } from '../props/secret-key';
import type { LogsPlan } from './logs-plan';
import { addressOf, type SearchLogsProps, searchStorePlan } from './search-store';

/** Logs in an index of Elasticsearch. */
export interface ElasticsearchLogsProps extends SearchLogsProps {
  /**
   * Where an API key is, in the form that Elasticsearch calls encoded. The key in the Secret is "api-key" unless given. Pods that write or read logs have it,
   * and with it the code of DAGs that runs in them: it should be good for the index alone.
   * @default - no login
   * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-create-api-key
   */
  readonly apiKey?: SecretKey;
}

export function elasticsearchPlan(props: ElasticsearchLogsProps): LogsPlan {
  const { url, apiKey } = props;
  const { protocol, hostname, port } = addressOf(url);
  return searchStorePlan(props, {
    section: 'elasticsearch',
    options: { host: `${protocol}//${hostname}:${port}`, write_to_es: 'True' },
    clientOptions: { ...(protocol === 'https:' && { verify_certs: 'True' }), ...(apiKey && { api_key: undefined }) },
    needs: {
      // Before, tasks wrote none there.
      oldestVersion: '3.1.0',
      secretName: apiKey?.secretName,
      part: apiKey && {
        // The provider reads it from no file: to Airflow the option is none of those that are secret.
        env: [
          {
            name: 'AIRFLOW__ELASTICSEARCH_CONFIGS__API_KEY',
            valueFrom: { secretKeyRef: { name: apiKey.secretName, key: apiKey.key ?? 'api-key' } },
          },
        ],
      },
    },
    validate: (validator, prop) => validator.secret(`${prop}.apiKey`, apiKey),
  });
}
