import { type AirflowChartProps, Broker, Database, Executor } from '../../lib';

/** Props with settings at a place, as errors name it: those of the workers belong to the executor. */
export function propsAt(place: string, settings: object): AirflowChartProps {
  switch (place) {
    case 'executor.workers':
      return { executor: Executor.celery({ workers: settings }) };
    case 'executor.broker':
      return { executor: Executor.celery({ broker: Broker.builtIn(settings) }) };
    case 'database':
      return { database: Database.builtIn(settings) };
    default:
      return { [place]: settings };
  }
}
