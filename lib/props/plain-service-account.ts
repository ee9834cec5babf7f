import type { ComponentProps } from './component-props';

interface Accounts {
  /** That of the deployment. */
  readonly name: string;
  readonly components: { readonly [component: string]: Pick<ComponentProps, 'serviceAccount'> | undefined };
}

/** The name of the ServiceAccount without rights: that of the deployment, unless the user has one of that name, which the cloud may know. */
export function plainServiceAccountName({ name, components }: Accounts): string {
  const isTaken = Object.values(components).some((props) => props?.serviceAccount?._props.name === name);
  return isTaken ? `${name}-plain` : name;
}
