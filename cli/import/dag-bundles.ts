import { call, type Expression, type Fields, fields } from './expression';
import * as pod from './pod-values';
import { asText, isTree, type Json, Values } from './values';

/** DagBundles of a list as the option `[dag_processor] dag_bundle_config_list` has it, also as JSON; those that no factory says are noted. */
export function dagBundles(values: Values, path: string): Fields | undefined {
  const given = listOf(values.peek(path));
  if (!given) return undefined;
  values.tell(path);
  const bundles = given.flatMap((item, index) => {
    const bundle = Values.of(isTree(item) ? item : {});
    const made = bundleOf(bundle);
    const place = `${path}[${index}]`;
    if (!made) values.note(place, item, 'dagBundles, with what its class and its connection say');
    else for (const note of bundle.notes()) values.note(`${place}.${note.path}`, bundle.peek(note.path), 'no prop is known for it');
    return made ?? [];
  });
  return bundles.length > 0 ? { dagBundles: bundles } : {};
}

function listOf(given: Json): Json[] | undefined {
  if (Array.isArray(given)) return given;
  try {
    const parsed = typeof given === 'string' ? JSON.parse(given) : undefined;
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function bundleOf(bundle: Values): Expression | undefined {
  const name = bundle.text('name');
  const kwargs = bundle.below('kwargs');
  const props = (own: { readonly [prop: string]: Expression | undefined }) =>
    fields({ name, ...own, refreshInterval: pod.seconds(kwargs.number('refresh_interval')) }) ?? {};
  const ofBucket = (connection: string) =>
    props({ bucket: kwargs.text('bucket_name'), prefix: kwargs.text('prefix'), connectionId: kwargs.text(connection) });
  switch (bundle.text('classpath')?.split('.').at(-1)) {
    case 'GitDagBundle': {
      const ref = kwargs.text('tracking_ref');
      const isCommit = /^[0-9a-f]{40}$|^refs\/tags\//.test(ref ?? '');
      // Without it the address is in the connection.
      const url = kwargs.text('repo_url');
      return url
        ? call(
            'DagBundle.git',
            props({
              url,
              branch: isCommit ? undefined : ref,
              ref: isCommit ? ref : undefined,
              path: kwargs.text('subdir'),
              connectionId: kwargs.text('git_conn_id'),
              submodules: kwargs.isOn('submodules') || undefined,
              sparseDirectories: kwargs.list('sparse_dirs')?.map((each) => `${asText(each)}`),
            }),
          )
        : undefined;
    }
    case 'S3DagBundle':
      return kwargs.text('bucket_name') ? call('DagBundle.s3', ofBucket('aws_conn_id')) : undefined;
    case 'GCSDagBundle':
      return kwargs.text('bucket_name') ? call('DagBundle.gcs', ofBucket('gcp_conn_id')) : undefined;
    case 'LocalDagBundle':
      return kwargs.text('path') ? call('DagBundle.image', props({ path: kwargs.text('path') })) : undefined;
    default:
      return undefined;
  }
}
