export * from './airflow';
export * from './airflow-chart';
export * from './airflow-props';
export * from './components/airflow-component';
export { Connection, type ConnectionProps, type ConnectionSecrets } from './content/connection';
export { Files } from './content/files';
export {
  type AwsSecretsBackendProps,
  type AzureSecretsBackendProps,
  type GcpSecretsBackendProps,
  SecretsBackend,
  type SecretsBackendProps,
  type VaultSecretsBackendProps,
} from './content/secrets-backend';
export type { AirflowSecrets, LocatedSecret } from './credentials/airflow-secrets';
export * from './credentials/credentials';
export type { ExternalCredentialKeys, ExternalCredentialsProps } from './credentials/external-credentials';
export {
  ExternalSecret,
  type ExternalSecretOptions,
  type ExternalSecretProps,
  type RemoteKey,
  SecretStoreKind,
  type SecretStoreProps,
} from './credentials/external-secret';
export type { InlineCredentialsProps } from './credentials/inline-credentials';
export type { ConfiguredDagBundle, DagBundleOptions } from './dags/bundle-plan';
export * from './dags/dag-bundle';
export { DagGitSync, type DagGitSyncProps, type GitSyncOptions } from './dags/dag-git-sync';
export type { ImageDagBundleProps, VolumeDagBundleProps } from './dags/folder-bundle';
export type { GitDagBundleProps } from './dags/git-bundle';
export { GitCredentials, type GitHubAppProps, type GitSshKeyProps, type GitTokenProps } from './dags/git-credentials';
export { type GitRepository, GitSubmodules } from './dags/git-repository';
export type { ObjectStoreDagBundleProps } from './dags/object-store-bundle';
export * from './data-stores/broker';
export type { CloudNativePgClusterProps, CloudNativePgProps } from './data-stores/cloud-native-pg';
export * from './data-stores/database';
export { DatabaseEngine, type DatabaseTlsProps, TlsMode } from './data-stores/database-engine';
export type {
  BrokerUrlProps,
  ExternalBrokerProps,
  ExternalRedisProps,
  RabbitMqProps,
} from './data-stores/external-broker';
export type { DatabaseUrlProps, ExternalDatabaseProps } from './data-stores/external-database';
export type { RedisSentinelProps } from './data-stores/redis-sentinel';
export type { TlsProps } from './data-stores/tls';
export type { ArgoApplicationOptions } from './delivery/argo-application';
export * from './delivery/delivery';
export type { FluxHelmReleaseOptions } from './delivery/flux-helm-release';
export { K3sFailurePolicy, type K3sHelmChartOptions } from './delivery/k3s-helm-chart';
export type { BitnamiChartOptions } from './distributions/bitnami-chart/bitnami-chart';
export * from './distributions/distribution';
export type { ChartOptions } from './distributions/shared-by-charts/chart-options';
export type { CeleryExecutorProps } from './executors/celery';
export * from './executors/executor';
export type { FlowerProps } from './executors/flower';
export type { KubernetesExecutorProps } from './executors/kubernetes';
export type { LocalExecutorProps } from './executors/local';
export type { TeamProps } from './executors/teams';
export { ExternalService, type ExternalServiceProps, type LoadBalancerProps, type NodePortProps } from './exposure/external-service';
export {
  type GatewayProps,
  HttpRouteExposure,
  type HttpRouteExposureProps,
  type HttpRouteOptions,
} from './exposure/http-route-exposure';
export {
  type CertManagerProps,
  IngressExposure,
  type IngressExposureProps,
  type IngressOptions,
  IngressTls,
} from './exposure/ingress-exposure';
export { HelmChart, type HelmRegistryOptions, type HelmRepositoryChartProps } from './helm/chart/helm-chart';
export * from './helm/helm-chart-include';
export * from './helm/helm-crds';
export type { PodPart } from './kubernetes/pod-part';
export type { KeycloakLoginProps } from './login/keycloak';
export type { LdapLoginProps } from './login/ldap';
export * from './login/login';
export type { OidcLoginProps } from './login/oidc';
export type { AzureBlobLogsProps } from './logs/azure-blob';
export type { CloudWatchLogsProps } from './logs/cloud-watch';
export type { ElasticsearchLogsProps } from './logs/elasticsearch';
export type { GcsLogsProps } from './logs/gcs';
export * from './logs/logs';
export type { OpenSearchLogsProps } from './logs/open-search';
export type { S3LogsProps } from './logs/s3';
export type { SearchLogsProps } from './logs/search-store';
export type { LogsVolumeProps } from './logs/volume';
export type { MetricsAlertsProps } from './metrics/alerts';
export type { MetricsDashboardProps } from './metrics/dashboard';
export * from './metrics/metrics';
export type { OpenTelemetryMetricsProps } from './metrics/open-telemetry';
export { type MetricsMonitorProps, MetricsScraping } from './metrics/scraping';
export type { StatsdMetricsProps } from './metrics/statsd-props';
export * from './network/network-destination';
export type { AdminUserProps } from './props/admin-user-props';
export * from './props/backup-store';
export * from './props/ca-certificates';
export * from './props/component-props';
export { type ConfigMapKey, Content } from './props/content';
export * from './props/data-store-props';
export type { DatabaseBackupProps } from './props/database-backup-props';
export type { DatabaseCleanupProps } from './props/database-cleanup-props';
export * from './props/deployment-strategy';
export type { ImageProps } from './props/image';
export type { ImagesProps } from './props/images';
export * from './props/ip-family';
export type { NetworkPoliciesProps } from './props/network-policies-props';
export type { PgBouncerProps } from './props/pgbouncer-props';
export type { PlacementProps } from './props/placement';
export type { PodCleanupProps } from './props/pod-cleanup-props';
export type { PoolProps } from './props/pool-props';
export type { ProbeProps, ProbesProps } from './props/probes';
export type { ProxyProps } from './props/proxy';
export type { ResourceAmount, ResourcesProps } from './props/resources';
export type { S3BackupProps } from './props/s3-backups';
export type { ScheduleProps } from './props/schedule';
export * from './props/secret-key';
export { SecurityContext, type SecurityContextProps, type SeLinuxProps } from './props/security-context';
export * from './props/service-account';
export * from './props/task-permission';
export type { UserProps } from './props/user-props';
export type { BackupVolumeProps } from './props/volume-backups';
export { Requirements, type RequirementsOptions } from './requirements/requirements';
export {
  RequirementsConfigMap,
  type RequirementsConfigMapProps,
  type RequirementsFileOptions,
  type RequirementsInstallOptions,
} from './requirements/requirements-config-map';
export * from './scaling/autoscaling';
export type { CpuAutoscalingProps } from './scaling/cpu';
export type { KedaAutoscalingProps } from './scaling/keda';
