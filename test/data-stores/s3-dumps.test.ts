import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupStore, Database } from '../../lib';
import { run } from '../support/process';
import { synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

/** In the place of boto3: a bucket is a folder. It keeps what the client was made with. */
const BOTO3 = `import json, os, shutil
from pathlib import Path

ROOT = Path(os.environ["ROOT"])


class Client:
    def upload_file(self, file, bucket, key):
        target = ROOT / bucket / key
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
        if os.environ.get("LOSES"):
            target.write_text("")

    def head_object(self, Bucket, Key):
        return {"ContentLength": (ROOT / Bucket / Key).stat().st_size}

    def delete_object(self, Bucket, Key):
        (ROOT / Bucket / Key).unlink()

    def download_file(self, bucket, key, file):
        shutil.copy(ROOT / bucket / key, file)

    def get_paginator(self, name):
        assert name == "list_objects_v2"
        return self

    def paginate(self, Bucket, Prefix):
        files = [file for file in (ROOT / Bucket).rglob("*") if file.is_file()]
        keys = {str(file.relative_to(ROOT / Bucket)): file.stat().st_size for file in files}
        found = [{"Key": key, "Size": size} for key, size in keys.items() if key.startswith(Prefix)]
        return [{"Contents": [item]} for item in found] or [{}]


def client(service, **kwargs):
    (ROOT / "client.json").write_text(json.dumps([service, kwargs]))
    return Client()
`;

const KEYS = { accessKeyId: { secretName: 's3' }, secretAccessKey: { secretName: 's3' } };
const store = BackupStore.s3({ bucket: 'bucket', folder: 'team/dumps', ...KEYS });
const objects = synthAirflow({ database: Database.builtIn({ backup: { store, keep: 2 } }) });
const PUT = objects.container('db-backup').command;
const GET = objects.initContainers('db-restore').fetch.command;

const OLD = ['airflow-20260101T020000Z.dump', 'airflow-20260102T020000Z.dump'];
const NEW = 'airflow-20260103T020000Z.dump';
/** That of another deployment in the same bucket. */
const OTHER = 'airflow-two-20250101T020000Z.dump';

/** Runs a command of a container where there are dumps in the pod and in the bucket. */
async function runCommand([python, option, script, ...args]: string[], dumps: readonly string[], stored: readonly string[], env = {}) {
  const root = temporaryFolder();
  const files = { 'boto3.py': BOTO3, 'keys/aws_access_key_id': 'me\n', 'keys/aws_secret_access_key': 'secret\n' };
  for (const folder of ['backups', 'keys', 'bucket/team/dumps']) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  for (const name of dumps) writeFileSync(join(root, 'backups', name), `of ${name}`);
  for (const name of stored) writeFileSync(join(root, 'bucket/team/dumps', name), `stored ${name}`);
  const here = script.replace('"/backups"', `"${root}/backups"`).replace('"/etc/backup-store"', `"${root}/keys"`);
  const variables = { PATH: process.env.PATH ?? '', PYTHONPATH: root, ROOT: root, ...env };
  const { code, stdout, stderr } = await run(python === 'python' ? 'python3' : python, [option, here, ...args], { env: variables });
  return {
    code,
    output: stdout + stderr,
    inPod: readdirSync(join(root, 'backups')).sort(),
    inBucket: readdirSync(join(root, 'bucket/team/dumps')).sort(),
    root,
  };
}

test('a new dump takes the place of the oldest, and those of other deployments stay', async () => {
  const { code, output, inBucket } = await runCommand(PUT, [NEW], [...OLD, OTHER]);
  expect([code, inBucket]).toEqual([0, [OLD[1], NEW, OTHER]]);
  expect(output).toMatch(`The dump ${NEW} is in s3://bucket/team/dumps. There are:\n`);
  expect(output).toMatch(new RegExp(`${NEW}\n.*${OLD[1]}\n$`));
});

test('the client has the keys of the Secret', async () => {
  const { root } = await runCommand(PUT, [NEW], []);
  expect(JSON.parse(readFileSync(join(root, 'client.json'), 'utf8'))).toEqual([
    's3',
    { aws_access_key_id: 'me', aws_secret_access_key: 'secret' },
  ]);
});

test('a dump of which not all has arrived is an error, and the older ones stay', async () => {
  const { code, output, inBucket } = await runCommand(PUT, [NEW], OLD, { LOSES: '1' });
  expect([code, inBucket]).toEqual([1, [...OLD, NEW]]);
  expect(output).toContain('and 0 in the bucket');
});

test('where there was nothing to dump nothing is brought, and nothing deleted', async () => {
  const { code, output, inBucket } = await runCommand(PUT, [], [...OLD, 'airflow-20251231T020000Z.dump']);
  expect([code, inBucket]).toEqual([0, ['airflow-20251231T020000Z.dump', ...OLD]]);
  expect(output).toContain('There is no dump to bring anywhere.');
});

test('the newest dump is fetched, unless another one is named', async () => {
  expect((await runCommand(GET, [], [...OLD, OTHER])).inPod).toEqual([OLD[1]]);
  expect((await runCommand(GET, [], [...OLD, OTHER], { DUMP: OLD[0] })).inPod).toEqual([OLD[0]]);
});

test.each([
  ['there is none', [OTHER], {}, 'There is no dump  in s3://bucket/team/dumps. There are:\nnone'],
  ['that is not there', OLD, { DUMP: 'other.dump' }, 'There is no dump other.dump in s3://bucket/team/dumps. There are:\n'],
])('nothing is fetched where %s', async (_what, stored, env, words) => {
  const { code, output, inPod } = await runCommand(GET, [], stored, env);
  expect([code, inPod]).toEqual([1, []]);
  expect(output).toContain(words);
});
