import { App } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type Airflow, AirflowChart, type AirflowChartProps, Autoscaling, DagBundle, Executor, TaskPermission } from '../../lib';
import { DRAWN_PROPS, OF_OPERATORS } from '../support/drawn-props';
import { requireCluster, tryKubectl } from '../support/kubectl';
import type { Manifest } from '../support/manifests';
import { clearNamespace, freshRestrictedNamespace, letInNoPods } from '../support/namespaces';

// Whole programs by chance, each applied over the one before: Kubernetes refuses a change of what can't change, and that are the volumes of data stores and of
// dumps, as their props say. No pod is made: a quota lets in none.

const NAMESPACE = 'airflow-drawn-changes';
const CHANGES = 6;
/** Those whose permissions are in another namespace too would need that. */
const FIXED = { name: 'airflow', namespace: NAMESPACE, createNamespace: false, taskPermissions: undefined };

type Objects = readonly Manifest[];

/** What has a volume, and how the API server begins to say that it can't change. A claim that is bound may grow, which none is here. */
const REFUSED: { readonly [kind: string]: string } = {
  PersistentVolumeClaim: 'spec is immutable',
  StatefulSet: 'updates to statefulset',
};
const idOf = ({ kind, metadata }: Manifest) => `${kind} "${metadata.name}"`;
const fixed = ({ kind, spec }: Manifest) => JSON.stringify(kind === 'StatefulSet' ? spec.volumeClaimTemplates : spec);

beforeEach(async () => {
  await requireCluster();
  await freshRestrictedNamespace(NAMESPACE);
  await letInNoPods(NAMESPACE);
}, 300_000);

afterAll(() => clearNamespace(NAMESPACE), 300_000);

test('a program is refused over another only where a volume changes', async () => {
  // GIVEN
  const programs = fc
    .sample(DRAWN_PROPS, { numRuns: 200, seed: 20_261_130 })
    .map((props) => objectsOf((app) => airflow(app, { ...props, ...FIXED })))
    .filter((objects) => objects.length > 0);
  expect(programs.length).toBeGreaterThan(CHANGES);
  const volumes = new Map<string, string>();

  for (const objects of programs.slice(0, CHANGES + 1)) {
    // WHEN
    const kept = objects.filter(({ kind }) => kind in REFUSED);
    const expected = kept.filter((object) => (volumes.get(idOf(object)) ?? fixed(object)) !== fixed(object));
    const { stderr } = await apply(objects);

    // THEN
    const refused = [...stderr.matchAll(/(?:"STDIN": (?!error when)|^The |^Warning: )(.*)/gm)].map(([, why]) => why);
    expect(
      refused.map((why) => why.replace(/^StatefulSet.apps/, 'StatefulSet').replace(/(to statefulset|immutable).*/, '$1')).sort(),
    ).toEqual(expected.map((object) => `${idOf(object)} is invalid: spec: Forbidden: ${REFUSED[object.kind]}`).sort());
    for (const object of kept.filter((each) => !expected.includes(each))) volumes.set(idOf(object), fixed(object));
  }
}, 1_800_000);

test('two Airflows in one namespace have nothing in common', async () => {
  // GIVEN
  const executor = Executor.several(
    Executor.celery({ workerGroups: { gpu: { autoscaling: Autoscaling.cpu({ maxReplicas: 2 }) } } }),
    Executor.kubernetes(),
  );
  const [one, other] = ['team-a', 'team-b'].map((name) =>
    objectsOf((app) =>
      airflow(app, {
        name,
        namespace: NAMESPACE,
        createNamespace: false,
        executor,
        dagBundles: [DagBundle.image({ name: 'baked', path: '/opt/dags' })],
        teams: { finance: { bundles: ['baked'], executor: Executor.several(Executor.celery(), Executor.kubernetes()) } },
        connections: {},
        variables: {},
        taskPermissions: [TaskPermission.kubernetesPodOperator()],
      }),
    ),
  );

  // WHEN
  const first = await apply(one);
  const second = await apply(other);
  const again = await apply(one);

  // THEN
  expect([first.stderr, second.stderr, again.stderr]).toEqual(['', '', '']);
  expect(first.stdout).not.toMatch(/configured|unchanged/);
  expect(second.stdout).not.toMatch(/configured|unchanged/);
  // Of a budget kubectl says so each time.
  expect(again.stdout.split('\n').filter((line) => / (created|configured)$/.test(line) && !line.startsWith('poddisruptionbudget'))).toEqual(
    [],
  );
}, 600_000);

function airflow(app: App, props: AirflowChartProps): Airflow {
  return new AirflowChart(app, 'airflow', props).airflow;
}

/** What is written, but for what needs an operator; nothing where the program is refused. */
function objectsOf(build: (app: App) => Airflow): Objects {
  const app = new App();
  build(app);
  try {
    const objects: Manifest[] = parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
    return objects.filter(({ apiVersion }) => !OF_OPERATORS.test(apiVersion));
  } catch {
    return [];
  }
}

function apply(objects: Objects) {
  return tryKubectl(['apply', '--filename', '-'], {
    input: objects.map((object) => JSON.stringify(object)).join('\n'),
    timeoutSeconds: 300,
  });
}
