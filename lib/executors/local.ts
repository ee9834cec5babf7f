import type { ExecutorPlan } from './executor-plan';

export function localPlan(): ExecutorPlan {
  return {
    name: 'LocalExecutor',
    runsTasks: 'scheduler',
    taskResources: { requests: { cpu: '300m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } },
    options: [],
    unusedSections: { pattern: /^celery(_|$)/i, what: 'Celery is not used under LocalExecutor' },
    validate: () => undefined,
  };
}
