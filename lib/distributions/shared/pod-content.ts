import { type AirflowPodsName, isJob, type JobName, teamGroup } from '../../components/components';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import { LOGIN_FOLDER } from '../../login/login-plan';
import type { Content } from '../../props/content';
import type { DistributionInput } from '../contract';
import { givenSettings, settingsOf } from './component-settings';

/** Who reads webserver_config.py. */
const READS_WEBSERVER_CONFIG = ['api-server', 'create-user'];

/** Folders of the library's in which nothing else can be. */
const OWN_FOLDERS = [
  '/etc/airflow',
  '/etc/airflow-admin',
  '/etc/airflow-connections',
  LOGIN_FOLDER,
  '/etc/airflow-secrets',
  '/etc/airflow-task',
  '/opt/airflow/python-packages',
];
/** A file at a path of its own: no part of it leads up, and none is empty. */
const FILE_PATH = /^(\/(?!\.\.?(\/|$))[^/\0:]+)+$/;

/**
 * Plugins, settings and files of the program in the pods of a component or a Job; `home` is Airflow's folder in the image.
 * @param ofLibrary files of the library's that go with them.
 */
export function contentPart(
  input: DistributionInput,
  component: AirflowPodsName | JobName,
  home: string,
  ofLibrary: { readonly [path: string]: Content } = {},
): PodPart {
  const { plugins, localSettings, pluginFiles, podFiles } = input.content;
  const { login } = input;
  const webserverConfig = input.content.webserverConfig ?? login?.webserverConfig;
  return mergePodParts([
    plugins ? pluginFiles.folderPart(`${home}/plugins`, plugins._files) : {},
    podFiles.filesPart({
      ...(localSettings && { [settingsPath(home)]: localSettings }),
      ...(webserverConfig && READS_WEBSERVER_CONFIG.includes(component) && { [webserverConfigPath(home)]: webserverConfig }),
      ...(login && component === 'api-server' && login.files),
      ...filesOf(input, component),
      ...ofLibrary,
    }),
    login && component === 'api-server' ? { env: [...login.env] } : {},
  ]);
}

/** What webserver_config.py reads the Job has too that makes users: it starts that part of the API server. */
function filesOf(input: DistributionInput, component: AirflowPodsName | JobName): { [path: string]: Content } {
  if (component === 'create-user') return { ...settingsOf(input, 'api-server').files };
  return { ...settingsOf(input, isJob(component) ? undefined : component).files };
}

function settingsPath(home: string): string {
  return `${home}/config/airflow_local_settings.py`;
}

function webserverConfigPath(home: string): string {
  return `${home}/webserver_config.py`;
}

/** Reports what is wrong with them. */
export function validateContent(input: DistributionInput, home: string): void {
  const { validator, content, dags, executor } = input;
  content.plugins?._validate(validator, 'plugins');
  content.localSettings?._validate(validator, 'localSettings');
  content.webserverConfig?._validate(validator, 'webserverConfig');
  const own: { readonly [path: string]: string } = {
    [settingsPath(home)]: 'the prop localSettings',
    [webserverConfigPath(home)]: 'the prop webserverConfig',
  };
  const dagFolders = (dags?.podPart.volumeMounts ?? []).map(({ mountPath }) => `${mountPath}`);
  const teamFolders = (executor.teams ?? []).flatMap(({ name }) =>
    ['secrets', 'task'].map((folder) => `/etc/airflow-${folder}-${teamGroup(name)}`),
  );
  const folders = [...OWN_FOLDERS, ...teamFolders, ...(content.plugins ? [`${home}/plugins`] : []), ...dagFolders];
  for (const { prop, props } of givenSettings(input)) {
    for (const [path, file] of Object.entries(props.files ?? {})) {
      const place = `${prop}.files["${path}"]`;
      const folder = folders.find((each) => path === each || path.startsWith(`${each}/`));
      if (!FILE_PATH.test(path)) validator.report(place, path, 'expected the absolute path of a file, as in "/etc/shop/settings.yaml"');
      else if (own[path]) validator.reportHidden(place, `the library knows this file; use ${own[path]}`);
      else if (folder) validator.report(place, path, `expected a path outside of ${folder}, which the library mounts`);
      file._validate(validator, place);
    }
  }
}
