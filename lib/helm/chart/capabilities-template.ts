/** Deeper than any template of a chart, and last by name: helm renders what lies deepest first, and of that what comes last. */
export const CAPABILITIES_TEMPLATE = `templates/${'~/'.repeat(30)}capabilities.txt`;

/** How a template calls the APIs that there are. */
export const APIS = 'APIVersions';

/** Whether a text, as far as it is a template, asks which APIs there are. */
export function asksForApis(text: string): boolean {
  return text.includes(APIS);
}

/**
 * A template that takes helm's own list of APIs, which is of no version of Kubernetes, out of `Capabilities`, for the chart and those in it. What
 * is left are those of `--api-versions`, which helm puts behind its own. What was a structure of helm's is a map then, with the same fields.
 * @param count how many APIs were given.
 */
export function capabilitiesTemplate(count: number): string {
  return [
    '{{- define "cdk8s-airflow.capabilities" -}}',
    '{{- $version := dict "Version" .of.KubeVersion.Version "GitVersion" .of.KubeVersion.Version',
    ' "Major" .of.KubeVersion.Major "Minor" .of.KubeVersion.Minor "String" .of.KubeVersion.String -}}',
    `{{- $apis := slice .of.APIVersions (sub (len .of.APIVersions) ${count}) -}}`,
    '{{- $_ := set .scope "Capabilities" (dict "KubeVersion" $version "APIVersions" $apis "HelmVersion" .of.HelmVersion) -}}',
    '{{- range .scope.Subcharts -}}{{- include "cdk8s-airflow.capabilities" (dict "of" $.of "scope" .) -}}{{- end -}}',
    '{{- end -}}',
    '{{- include "cdk8s-airflow.capabilities" (dict "of" .Capabilities "scope" .) -}}',
  ].join('');
}
