import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import type { ComponentProps } from '../../props/component-props';
import { ASYNC_URL_KEY, ASYNC_VARIABLE, asyncConnectionOf, URL_KEY } from '../shared-by-charts/store-connections';
import { verbatim } from '../shared-by-charts/verbatim';
import { optionVariables } from './configuration';
import type { BitnamiContext } from './context';

/**
 * What all containers have in which Airflow looks at the database, those that prepare a pod included: the options that tell which tables
 * there are and what users are like. A change of any other is no reason to run the chart's Job again.
 */
export function sharedVariables(context: BitnamiContext): Json[] {
  const own = ownVariables(context);
  const options = optionVariables(context.config, ['database', 'fab']);
  // It follows the proxy before the web interface, which is nothing to the database.
  return verbatim([
    ...options.filter(({ name }) => !own.has(name) && name !== 'AIRFLOW__FAB__ENABLE_PROXY_FIX'),
    ...asyncVariables(context),
  ]);
}

/** Where the address of asynchronous connections to the database is, if Airflow can't make it from the other. */
function asyncVariables({ chartSecrets, isExternal, ...input }: BitnamiContext): Json[] {
  if (isExternal.database || !asyncConnectionOf(input)) return [];
  return [{ name: ASYNC_VARIABLE, valueFrom: { secretKeyRef: { name: chartSecrets.database, key: ASYNC_URL_KEY } } }];
}

/** Where the address of a broker of the user's is: the chart knows neither TLS nor the number of a database. */
function brokerVariables({ chartSecrets, isExternal, executor: { broker } }: BitnamiContext): Json[] {
  if (!broker || broker.server || isExternal.broker) return [];
  return [{ name: 'AIRFLOW__CELERY__BROKER_URL', valueFrom: { secretKeyRef: { name: chartSecrets.broker, key: URL_KEY } } }];
}

/** What a component's main container has besides: all other options, and its `env`, which wins. */
export function componentVariables(context: BitnamiContext, { env = {} }: ComponentProps): Json[] {
  const others = new Set([...sharedVariables(context).map(({ name }) => name), ...Object.keys(env)]);
  const options = optionVariables(context.config).filter(({ name }) => !others.has(name));
  return verbatim([...options, ...brokerVariables(context), ...envVars(env)]);
}

/** The variables that some component sets by its `env`: a container must have none twice. */
function ownVariables({ components }: BitnamiContext): Set<string> {
  return new Set(Object.values(components).flatMap((component) => Object.keys(component?.env ?? {})));
}
