export * from './airflow';
export * from './airflow-chart';
export * from './credentials/credentials';
export * from './dags/dag-git-sync';
export * from './dags/git-credentials';
export { type GitRepository, GitSubmodules } from './dags/git-repository';
export type { ArgoApplicationOptions } from './delivery/argo-application';
export * from './delivery/delivery';
export type { FluxHelmReleaseOptions } from './delivery/flux-helm-release';
export { K3sFailurePolicy, type K3sHelmChartOptions } from './delivery/k3s-helm-chart';
export type { BitnamiChartOptions } from './distributions/bitnami-chart/bitnami-chart';
export * from './distributions/distribution';
export type { ChartOptions } from './distributions/shared-by-charts/chart-options';
export * from './executors/executor';
export {
  type CertManagerProps,
  IngressExposure,
  type IngressExposureProps,
  type IngressOptions,
  IngressTls,
} from './exposure/ingress-exposure';
export { HelmChart, type HelmRepositoryChartProps } from './helm/chart/helm-chart';
export * from './helm/helm-chart-include';
export type { PodPart } from './kubernetes/pod-part';
export * from './network/network-destination';
export * from './props/airflow-settings';
export * from './props/component-props';
export type { ImageProps } from './props/image';
export type { ResourceAmount, ResourcesProps } from './props/resources';
export * from './props/secret-key';
export { Requirements, type RequirementsOptions } from './requirements/requirements';
export * from './requirements/requirements-config-map';
