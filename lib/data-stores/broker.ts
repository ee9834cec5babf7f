import type { DataStoreProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import { builtInStore } from './built-in';
import type { DataStore } from './data-store';
import {
  type BrokerUrlProps,
  brokerFromUrl,
  type ExternalRedisProps,
  externalRedis,
  type RabbitMqProps,
  rabbitMq,
} from './external-broker';
import { type RedisSentinelProps, redisSentinel } from './redis-sentinel';

/**
 * Through which tasks go to Celery workers.
 * @see https://airflow.apache.org/docs/apache-airflow-providers-celery/stable/celery_executor.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Broker, Executor } from 'cdk8s-airflow';
 *
 * const broker = Broker.external({ host: 'redis.example.com', password: { secretName: 'redis' }, tls: {} });
 * new AirflowChart(new App(), 'airflow', { executor: Executor.celery({ broker: broker }) });
 */
export class Broker {
  /**
   * Redis, in one pod with a volume, beside Airflow. Tasks that wait are on its volume too.
   * @param props its image, resources and volume.
   */
  static builtIn(props: DataStoreProps = {}): Broker {
    const given: Given = ['builtIn', props];
    const server = { component: 'redis', storageSize: '1Gi' } as const;
    const store = () => builtInStore('broker', server, { scheme: 'redis', name: '0' }, props, given);
    return new Broker(() => ({ ...store(), resultsQuery: () => ({}) }), given);
  }

  /**
   * Redis or Valkey that is there already, as one of a cloud. It must not be one in cluster mode, which Celery can't use.
   * @param props how it is connected to.
   */
  static external(props: ExternalRedisProps): Broker {
    const given: Given = ['external', props];
    return new Broker(() => externalRedis(props, given), given);
  }

  /**
   * Redis or Valkey that is there already, and that Sentinels watch over: they tell which one is the master.
   * @param props how the Sentinels are connected to, and how Redis.
   */
  static redisSentinel(props: RedisSentinelProps): Broker {
    const given: Given = ['redisSentinel', props];
    return new Broker(() => redisSentinel(props, given), given);
  }

  /**
   * RabbitMQ that is there already.
   * @param props how it is connected to.
   */
  static rabbitMq(props: RabbitMqProps): Broker {
    const given: Given = ['rabbitMq', props];
    return new Broker(() => rabbitMq(props, given), given);
  }

  /**
   * A broker that is there already, of which a Secret has the whole URL.
   * @param props the Secret, and where the broker is.
   */
  static fromUrl(props: BrokerUrlProps): Broker {
    const given: Given = ['fromUrl', props];
    return new Broker(() => brokerFromUrl(props, given), given);
  }

  private store: DataStore | undefined;

  private constructor(
    private readonly storeOf: () => DataStore,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _store(): DataStore {
    this.store ??= this.storeOf();
    return this.store;
  }
}
