import type { NetworkDestination } from '../network/network-destination';
import type { PropValidator } from '../validation/prop-validator';
import type { LogsPlan } from './logs-plan';

/** Logs in an index of a search engine. */
export interface SearchLogsProps {
  /** The address of the engine, without a login, as in `https://search.example.com:9200`. */
  readonly url: string;
  /**
   * The index that logs are written to and read from; it is made with the first one.
   * @default "airflow-logs"
   */
  readonly index?: string;
  /**
   * Where the engine is, for the NetworkPolicies.
   * @default - where `url` leads
   */
  readonly destination?: NetworkDestination;
}

/** A search engine, as the options of Airflow's provider for it have it. */
interface SearchStore {
  /** The section of its options, and before `_configs` of those of its client. */
  readonly section: string;
  /** What is beside the index in the one, and in the other. */
  readonly options: { readonly [key: string]: string };
  readonly clientOptions: { readonly [key: string]: string | undefined };
  /** What it asks of Airflow, and what pods have by which it lets them in. */
  readonly needs: Pick<LogsPlan, 'oldestVersion' | 'providerPackage' | 'part' | 'secretName'>;
  readonly validate: LogsPlan['validate'];
}

/** As the engines have it. */
const INDEX = /^(?![-_+.])[^\sA-Z"*\\<|,>/?#:]{1,255}$/;

/** Logs that are put into an index when a task ends, a document for each line, and are read from there. */
export function searchStorePlan({ url, index = 'airflow-logs', destination }: SearchLogsProps, store: SearchStore): LogsPlan {
  const client = `${store.section}_configs`;
  const sections = {
    logging: { remote_logging: 'True', remote_base_log_folder: '' },
    // By default it asks for the right to read all indexes.
    [store.section]: { target_index: index, index_patterns: index, json_format: 'True', ...store.options },
    [client]: store.clientOptions,
  };
  return {
    options: Object.entries(sections).flatMap(([section, options]) => {
      return Object.entries(options).map(([key, value]) => ({ section, key, value, instead: 'the prop logs' }));
    }),
    caOption: { section: client, key: 'ca_certs' },
    destinations: destination ? [destination._destination] : URL.canParse(url) ? [new URL(url)] : [],
    ...store.needs,
    validate: (validator, prop) => {
      validateUrl(validator, `${prop}.url`, url);
      if (!INDEX.test(index)) validator.report(`${prop}.index`, index, 'expected the name of an index, as in "airflow-logs"');
      destination?._validate(validator, `${prop}.destination`);
      store.validate(validator, prop);
    },
  };
}

/** The parts of its address; nothing in them where it is none. */
export function addressOf(url: string): { protocol: string; hostname: string; port: string } {
  if (!URL.canParse(url)) return { protocol: '', hostname: '', port: '' };
  const { protocol, hostname, port } = new URL(url);
  return { protocol, hostname, port: port || (protocol === 'https:' ? '443' : '80') };
}

function validateUrl(validator: PropValidator, prop: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password) {
    validator.reportHidden(prop, 'it has a login in it; expected that in a Secret');
  } else if (!url || !/^https?:$/.test(url.protocol) || `${url.pathname}${url.search}${url.hash}` !== '/') {
    validator.reportHidden(prop, 'it is not the address of a server; expected one as "https://search.example.com:9200"');
  }
}
