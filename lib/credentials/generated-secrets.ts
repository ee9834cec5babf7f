import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { addJob } from '../cdk8s/add-job';
import { addRole } from '../cdk8s/add-role';
import { addServiceAccount } from '../cdk8s/add-service-account';
import { declareExisting } from '../kubernetes/existing-objects';
import { KEPT_IN_CLUSTER } from '../kubernetes/kept-data';
import type { ResourcesProps } from '../props/resources';
import type { SecretKey } from '../props/secret-key';
import { AIRFLOW_IDS, containerSecurity, type SecurityContext } from '../props/security-context';
import type { SecretPurpose } from './airflow-secrets';

/** A Secret that is made from others in the form that somebody asks for. It is made once, as the others are. */
export interface DerivedSecret {
  readonly name: string;
  readonly data: { readonly [key: string]: DerivedValue };
}

/** The value of another Secret, or a URL in which names in braces stand for such values, percent-encoded. */
export type DerivedValue =
  | { readonly from: Required<SecretKey> }
  | { readonly url: string; readonly parts: { readonly [name: string]: Required<SecretKey> } };

export interface GeneratedSecretsProps {
  /** The name of the Job (before its hash), the ServiceAccount and the Role. */
  readonly name: string;
  /** The namespace: a RoleBinding has to name that of a ServiceAccount. */
  readonly namespace: string | undefined;
  /** The Secrets to make where they are missing. */
  readonly secrets: readonly { readonly purpose: SecretPurpose; readonly secret: Required<SecretKey> }[];
  /** The Secrets to make from others. */
  readonly derived?: readonly DerivedSecret[];
  /** Labels of the objects and of the Secrets. */
  readonly labels: { readonly [name: string]: string };
  /** Labels and annotations of the Job's pod. */
  readonly podMetadata: object;
  readonly resources: ResourcesProps;
  /** The image, any with Python 3, and what pods say about it and about nodes. */
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly podSpec: { readonly [field: string]: unknown };
  readonly securityContext?: SecurityContext;
}

const SCRIPT = readFileSync(join(__dirname, 'generate-secrets.py'), 'utf8');

/** A Job that makes the Secrets which are missing, with no more rights than that takes. */
export class GeneratedSecrets extends Construct {
  constructor(scope: Construct, id: string, props: GeneratedSecretsProps) {
    super(scope, id);
    const { name, labels } = props;
    const made = [...props.secrets.map(({ secret }) => secret.secretName), ...(props.derived ?? []).map((secret) => secret.name)];
    const sources = (props.derived ?? []).flatMap(({ data }) => Object.values(data).flatMap(sourcesOf)).map(({ secretName }) => secretName);

    for (const secretName of made) declareExisting(this, 'Secret', secretName);

    addServiceAccount(this, 'service-account', { name, labels });
    addRole(this, 'role', {
      name,
      labels,
      rules: [
        // RBAC knows no names for `create`: the object does not exist yet when the request is judged.
        { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
        { apiGroups: [''], resources: ['secrets'], resourceNames: [...new Set([...made, ...sources])], verbs: ['get'] },
      ],
      accounts: [name],
      accountNamespace: props.namespace,
    });
    addJob(this, { name, labels, podTemplate: podTemplate(props) });
  }
}

function podTemplate(props: GeneratedSecretsProps): unknown {
  return {
    metadata: props.podMetadata,
    spec: {
      ...props.podSpec,
      serviceAccountName: props.name,
      automountServiceAccountToken: true,
      restartPolicy: 'OnFailure',
      containers: [
        {
          name: 'generate-secrets',
          image: props.image,
          imagePullPolicy: props.imagePullPolicy,
          command: ['python', '-Ic', SCRIPT],
          args: [
            ...props.secrets.map(({ purpose, secret: { secretName, key } }) => {
              return `${secretName} ${key} ${purpose === 'fernetKey' ? 'fernet' : 'password'}`;
            }),
            ...(props.derived ?? []).map(derivedArgument),
          ],
          env: [{ name: 'METADATA', value: JSON.stringify({ labels: props.labels, annotations: KEPT_IN_CLUSTER }) }],
          resources: props.resources,
          securityContext: containerSecurity(props.securityContext, AIRFLOW_IDS),
        },
      ],
    },
  };
}

function derivedArgument({ name, data }: DerivedSecret): string {
  const place = ({ secretName, key }: Required<SecretKey>) => ({ name: secretName, key });
  const values = Object.entries(data).map(([key, value]) => {
    if ('from' in value) return [key, place(value.from)];
    const parts = Object.entries(value.parts).map(([part, secret]) => [part, place(secret)]);
    return [key, { url: value.url, parts: Object.fromEntries(parts) }];
  });
  return JSON.stringify({ name, data: Object.fromEntries(values) });
}

function sourcesOf(value: DerivedValue): readonly Required<SecretKey>[] {
  return 'from' in value ? [value.from] : Object.values(value.parts);
}
