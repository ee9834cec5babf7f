import { Executor } from '../executors/executor';
import type { ResourcesProps } from '../props/resources';

/** The components of Airflow that a user sets by a prop of their own. */
export type ComponentProp = 'apiServer' | 'scheduler' | 'dagProcessor' | 'triggerer' | 'workers';

export const COMPONENT_PROPS: readonly ComponentProp[] = ['apiServer', 'scheduler', 'dagProcessor', 'triggerer', 'workers'];

/** Those of main.ts together ask for less than 2 cores and 6 GiB, so that a cluster on a laptop runs it. */
const RESOURCES: { readonly [Prop in ComponentProp]: ResourcesProps } = {
  apiServer: { requests: { cpu: '200m', memory: '768Mi' }, limits: { cpu: '2', memory: '2Gi' } },
  scheduler: { requests: { cpu: '150m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
  dagProcessor: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
  triggerer: { requests: { cpu: '100m', memory: '384Mi' }, limits: { cpu: '2', memory: '1Gi' } },
  workers: { requests: { cpu: '150m', memory: '768Mi' }, limits: { cpu: '2', memory: '2Gi' } },
};

/** Under LocalExecutor tasks run in the scheduler's pods. */
const LOCAL_SCHEDULER: ResourcesProps = { requests: { cpu: '300m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } };

/** Requests and limits of a component's main container where the user says nothing. */
export function defaultResources(prop: ComponentProp, executor: Executor): ResourcesProps {
  return prop === 'scheduler' && executor === Executor.LOCAL ? LOCAL_SCHEDULER : RESOURCES[prop];
}

/** Those of Jobs, which run an `airflow` command or two. */
export const JOB_RESOURCES: ResourcesProps = { requests: { cpu: '100m', memory: '384Mi' }, limits: { cpu: '2', memory: '1Gi' } };

export const DATABASE_RESOURCES: ResourcesProps = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '2', memory: '1Gi' } };

export const BROKER_RESOURCES: ResourcesProps = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } };
