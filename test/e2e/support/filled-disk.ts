import { eventually } from '../../support/eventually';
import { getObjects } from '../../support/kubectl';
import type { Manifest } from '../../support/manifests';
import { startsOf } from './workloads';

/** What the main container of pods that run tasks may have of the node's disk, where a task is to fill it. */
export const DISK = { limits: { memory: '2Gi', ephemeralStorage: '500Mi' } };

export const FILLING = 'filling';

/** A DAG with a task that writes more than that, and one beside it that has its time. */
export const FILLING_DAG = `import time

from airflow.sdk import dag, task


@dag(dag_id="${FILLING}", schedule=None)
def build():
    @task(retries=0)
    def fill():
        with open("/tmp/filled", "wb") as file:
            for _ in range(800):
                file.write(bytes(2**20))
        time.sleep(600)

    @task(retries=0)
    def beside():
        time.sleep(100)

    fill()
    beside()


build()
`;

/** Wait until the kubelet has evicted a pod for its disk; it, which is the only one, and no other has started anew. */
export async function evictedForDisk(namespace: string, amid: () => Promise<unknown>): Promise<Manifest> {
  const before = await startsOf(namespace);
  await amid();
  const [evicted] = await eventually({ what: 'a pod to be evicted', minutes: 5 }, async () => {
    const pods = (await getObjects('pods', '--namespace', namespace)).filter(({ status }) => status.reason === 'Evicted');
    expect(pods).toHaveLength(1);
    return pods;
  });
  expect(evicted.status.message).toMatch(/exceeds the limit "500Mi"/);
  const { [evicted.metadata.name]: _, ...others } = before;
  expect(await startsOf(namespace)).toMatchObject(others);
  return evicted;
}
