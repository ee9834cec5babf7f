import type { Json } from '../../kubernetes/json';
import type { Content } from '../../props/content';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';

/** Airflow's folder in the image. */
export const AIRFLOW_HOME = '/opt/bitnami/airflow';

/** What is mounted: for the other two files the chart has values, as it mounts them in any case. */
export function ownFilesOf(context: BitnamiContext): BitnamiContext {
  return { ...context, content: { ...context.content, localSettings: undefined, webserverConfig: undefined } };
}

export function settingsValues({ content: { localSettings } }: BitnamiContext): Json {
  return localSettings ? { localSettings: verbatim(textOf(localSettings)) } : {};
}

export function webConfigValues({ content: { webserverConfig } }: BitnamiContext): Json {
  return webserverConfig ? { configuration: verbatim(textOf(webserverConfig)) } : {};
}

/** The values are texts. */
export function validateFiles({ validator, content: { localSettings, webserverConfig } }: BitnamiContext): void {
  const texts = { localSettings, webserverConfig };
  const instead = { localSettings: '{ existingConfigmap: … }', webserverConfig: '{ web: { existingConfigmap: … } }' };
  for (const prop of ['localSettings', 'webserverConfig'] as const) {
    const kind = texts[prop]?._source.kind ?? 'text';
    if (kind === 'text') continue;
    validator.reportHidden(
      prop,
      `the Bitnami chart takes only a text; use Content.fromText(…), Content.fromFile(…), or values: ${instead[prop]}`,
    );
  }
}

function textOf({ _source: source }: Content): string {
  return source.kind === 'text' ? source.text : '';
}
