import type { Construct } from 'constructs';
import { COMPONENTS } from '../../components/components';
import { objectLabels, objectName, selectorLabels } from '../../components/names';
import { SECRET_PURPOSES, type SecretPurpose, teamBrokerSecret } from '../../credentials/airflow-secrets';
import { type DerivedSecret, GeneratedSecrets, type GeneratedSecretsProps } from '../../credentials/generated-secrets';
import { userSecrets } from '../../data-stores/data-store';
import { isUsed } from '../../executors/executor-plan';
import { declareExisting } from '../../kubernetes/existing-objects';
import { type ImageProps, imageReference, pullSecretsOf } from '../../props/image';
import { podFields } from '../../props/pod-fields';
import { containerResources } from '../../props/resources';
import type { DistributionInput } from '../contract';
import { hasAdminUser } from './auth-manager';

export interface CredentialsJobOptions {
  /** The image that the Job runs in, any with Python 3. */
  readonly image: ImageProps;
  /** Secrets in a form that a chart asks for. */
  readonly derived?: readonly DerivedSecret[];
  /** Secrets that nothing reads, so that none is made. */
  readonly unused?: readonly SecretPurpose[];
}

/** Whether there is anything to make. */
export function hasCredentialsJob(input: DistributionInput, options: Pick<CredentialsJobOptions, 'derived' | 'unused'> = {}): boolean {
  return missingSecrets(input, options.unused).length + missingOfTeams(input).length + (options.derived ?? []).length > 0;
}

/** Passwords of the brokers that are made for teams. */
function missingOfTeams({ name, executor: { teams = [] } }: DistributionInput): GeneratedSecretsProps['secrets'] {
  const made = teams.filter(({ broker }) => broker?.secret === 'credentials');
  return made.map((team) => ({ purpose: 'broker', secret: teamBrokerSecret(name, team.name) }));
}

function missingSecrets(input: DistributionInput, unused: readonly SecretPurpose[] = []): SecretPurpose[] {
  const noAdmin: SecretPurpose[] = hasAdminUser(input) ? [] : ['admin'];
  const elsewhere: readonly string[] = [...unused, ...noAdmin, ...Object.keys(userSecrets([input.database, input.executor.broker]))];
  return SECRET_PURPOSES.filter((purpose) => {
    return !input.credentials._has(purpose) && isUsed(input.executor, purpose) && !elsewhere.includes(purpose);
  });
}

/** The Job that makes the Secrets which the user does not have. Those that the user has are only named. */
export function addCredentialsJob(scope: Construct, input: DistributionInput, options: CredentialsJobOptions): void {
  const { image, derived } = options;
  const generated = missingSecrets(input, options.unused);
  for (const purpose of SECRET_PURPOSES) {
    if (!generated.includes(purpose)) declareExisting(scope, 'Secret', input.secrets[purpose].secretName);
  }
  for (const [index, secret] of input.credentials._formerFernetKeys.entries()) {
    input.validator.secret(`credentials.formerFernetKeys[${index}]`, secret);
    declareExisting(scope, 'Secret', secret.secretName);
  }
  for (const { broker } of input.executor.teams ?? []) {
    if (typeof broker?.secret === 'object') declareExisting(scope, 'Secret', broker.secret.secretName);
  }
  if (!hasCredentialsJob(input, options)) return;
  if (input.namespace === undefined) {
    input.validator.reportHidden(
      'credentials',
      'a RoleBinding has to name its namespace; give the chart one: new Chart(app, id, { namespace })',
    );
  }
  const { labels, annotations, initContainerResources, ...all } = input.components.all ?? {};
  new GeneratedSecrets(scope, 'credentials', {
    name: objectName(input, 'credentials'),
    namespace: input.namespace,
    secrets: [...generated.map((purpose) => ({ purpose, secret: input.secrets[purpose] })), ...missingOfTeams(input)],
    derived,
    labels: objectLabels(input, 'credentials'),
    resources: containerResources(initContainerResources, COMPONENTS.credentials.resources),
    podMetadata: { labels: { ...labels, ...selectorLabels(input, 'credentials') }, ...(annotations && { annotations }) },
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: all.securityContext,
    podSpec: { enableServiceLinks: false, ...podFields(all, selectorLabels(input, 'credentials')), ...pullSecretsOf(scope, image) },
  });
}
