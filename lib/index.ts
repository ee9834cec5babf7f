export * from './airflow';
export * from './airflow-chart';
export * from './airflow-settings';
export * from './components';
export * from './credentials/credentials';
export * from './dag-git-sync';
export type { ArgoApplicationOptions } from './delivery/argo-application';
export * from './delivery/delivery';
export type { FluxHelmReleaseOptions } from './delivery/flux-helm-release';
export { K3sFailurePolicy, type K3sHelmChartOptions } from './delivery/k3s-helm-chart';
export type { BitnamiChartOptions } from './distributions/bitnami-chart/bitnami-chart';
export type { ChartOptions } from './distributions/chart/chart-options';
export * from './distributions/distribution';
export * from './executor';
export * from './git/git-credentials';
export { type GitRepository, GitSubmodules } from './git/git-repository';
export { HelmChart, type HelmRepositoryChartProps } from './helm/helm-chart';
export * from './helm-chart-include';
export type { ImageProps } from './image';
export {
  type CertManagerProps,
  IngressExposure,
  type IngressExposureProps,
  type IngressOptions,
  IngressTls,
} from './ingress-exposure';
export * from './network/network-destination';
export type { PodPart } from './pod-part';
export { Requirements, type RequirementsOptions } from './requirements/requirements';
export * from './requirements-config-map';
export type { ResourceAmount, ResourcesProps } from './resources';
export * from './secret-key';
