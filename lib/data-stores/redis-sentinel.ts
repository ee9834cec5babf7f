import type { ProjectedFile } from '../credentials/secrets-volume';
import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import type { DataStore } from './data-store';
import { brokerOf, INSTEAD, located, resultsTls, validateUser } from './external-broker';
import { validateHost, validateText } from './external-database';
import { type TlsProps, tlsFiles, tlsPaths, validateTls } from './tls';

/** How a Redis or a Valkey is found that Sentinels watch over. */
export interface RedisSentinelProps {
  /** The hosts of the Sentinels. */
  readonly sentinels: string[];
  /**
   * The port of the Sentinels.
   * @default 26379
   */
  readonly sentinelPort?: number;
  /** The name by which the Sentinels know the master. */
  readonly masterName: string;
  /**
   * The user of Redis.
   * @default - the one that Redis calls "default"
   */
  readonly user?: string;
  /**
   * Where the password of Redis is. The key is "password" unless given.
   * @default - none
   */
  readonly password?: SecretKey;
  /**
   * How the connection to Redis is encrypted. Its certificate must be of an authority that is trusted, and for the name or the address by which the
   * Sentinels know the master.
   * @default - not at all
   * @see Airflow option [celery] ssl_active
   */
  readonly tls?: TlsProps;
  /**
   * The user of the Sentinels.
   * @default - the one that they call "default"
   * @see Airflow option [celery_broker_transport_options] sentinel_kwargs
   */
  readonly sentinelUser?: string;
  /**
   * Where the password of the Sentinels is. The key is "password" unless given.
   * @default - none
   * @see Airflow option [celery_broker_transport_options] sentinel_kwargs
   */
  readonly sentinelPassword?: SecretKey;
  /**
   * How the connection to the Sentinels is encrypted. Their certificates must be of an authority that is trusted.
   * @default - not at all
   * @see Airflow option [celery_broker_transport_options] sentinel_kwargs
   */
  readonly sentinelTls?: TlsProps;
  /**
   * The number of the database in Redis.
   * @default 0
   */
  readonly databaseNumber?: number;
  /** Where the NetworkPolicies let scheduler and workers connect to: both the Sentinels and Redis have to be there. */
  readonly destination: NetworkDestination;
}

/** What the names of their files begin with, and of that with their password it is all. */
const SENTINEL = 'broker-sentinel';

/** Celery is told of Sentinels once for tasks and once for results. */
const SENTINEL_SECTIONS = ['celery_broker_transport_options', 'celery_result_backend_transport_options'];

export function redisSentinel(props: RedisSentinelProps, given: Given): DataStore {
  const { sentinels, sentinelPort = 26379, masterName, user, password, tls, databaseNumber = 0, destination } = props;
  const { sentinelUser, sentinelPassword, sentinelTls } = props;
  const sentinelFile: ProjectedFile | undefined = sentinelPassword && {
    path: SENTINEL,
    kind: 'Secret',
    name: sentinelPassword.secretName,
    key: sentinelPassword.key ?? 'password',
  };
  const sentinelFiles = [...(sentinelFile ? [sentinelFile] : []), ...(sentinelTls ? tlsFiles(SENTINEL, sentinelTls) : [])];
  const store = brokerOf('redis', tls, sentinelFiles);
  return {
    ...store,
    resultsQuery: () => ({}),
    // Of Sentinels the address tells Celery neither, where it keeps results.
    celerySettings: (folder) => ({
      ...(user !== undefined && { redis_username: user }),
      ...(tls && { redis_backend_use_ssl: resultsTls(tls, folder) }),
    }),
    secret: password ? located(password) : 'none',
    address: { scheme: 'sentinel', user, hosts: sentinels.map((host) => ({ host, port: sentinelPort })), name: `${databaseNumber}` },
    destinations: [destination._destination],
    options: (folder) => [
      ...store.options(folder),
      ...SENTINEL_SECTIONS.flatMap((section) => [
        { section, key: 'master_name', value: masterName, instead: INSTEAD },
        { section, key: 'sentinel_kwargs', instead: INSTEAD },
      ]),
    ],
    // Of this section Airflow runs a command only if a variable has it.
    env: (folder) =>
      sentinelPassword || sentinelTls
        ? SENTINEL_SECTIONS.map((section) => ({
            name: `AIRFLOW__${section.toUpperCase()}__SENTINEL_KWARGS_CMD`,
            value: `python -Ic 'import json; print(json.dumps({${sentinelArguments(props, folder)}}))'`,
          }))
        : [],
    given,
    validate(validator, prop) {
      if (sentinels.length === 0) validator.report(`${prop}.sentinels`, sentinels, 'expected one host or more');
      for (const [index, host] of sentinels.entries()) validateHost(validator, `${prop}.sentinels[${index}]`, host);
      validator.wholeNumber(`${prop}.sentinelPort`, sentinelPort, 1, 65535);
      validateText(validator, `${prop}.masterName`, masterName, 'the name of a master');
      validateUser(validator, `${prop}.user`, user, 'password', password);
      validator.secret(`${prop}.password`, password);
      validateUser(validator, `${prop}.sentinelUser`, sentinelUser, 'sentinelPassword', sentinelPassword);
      validator.secret(`${prop}.sentinelPassword`, sentinelPassword);
      if (tls) validateTls(validator, `${prop}.tls`, tls);
      if (sentinelTls) validateTls(validator, `${prop}.sentinelTls`, sentinelTls);
      validator.wholeNumber(`${prop}.databaseNumber`, databaseNumber, 0);
      destination._validate(validator, `${prop}.destination`);
    },
  };
}

/** How they are connected to, as a dictionary in Python. Airflow splits a command as a shell does, which an apostrophe would end. */
function sentinelArguments({ sentinelUser, sentinelPassword, sentinelTls }: RedisSentinelProps, folder: string): string {
  const text = (value: string) => JSON.stringify(value).replaceAll("'", '\\u0027');
  const { ca, certificate = '', key = '' } = tlsPaths(SENTINEL, folder, sentinelTls ?? {});
  const values = {
    ...(sentinelUser !== undefined && { username: text(sentinelUser) }),
    ...(sentinelPassword && { password: `open("${folder}/${SENTINEL}").read().rstrip("\\n")` }),
    ...(sentinelTls && { ssl: 'True', ssl_cert_reqs: '"required"', ssl_ca_certs: text(ca) }),
    ...(certificate && { ssl_certfile: text(certificate), ssl_keyfile: text(key) }),
  };
  return Object.entries(values)
    .map(([name, value]) => `"${name}": ${value}`)
    .join(', ');
}
