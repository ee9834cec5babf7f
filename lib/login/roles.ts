import type { PropValidator } from '../validation/prop-validator';

/** Who has which roles, as the provider or the directory tells it. */
export interface RolesProps {
  readonly roles: { readonly [group: string]: string[] };
  readonly defaultRole?: string;
}

/** As Airflow checks it. */
const ROLE = /^(?=.*\S).{1,64}$/;

export function validateRoles(validator: PropValidator, prop: string, { roles, defaultRole }: RolesProps): void {
  if (Object.keys(roles).length === 0 && defaultRole === undefined) {
    validator.report(
      `${prop}.roles`,
      roles,
      'expected one group or more, as in { "data-platform": ["Admin"] }, or defaultRole: nobody could log in',
    );
  }
  for (const [group, names] of Object.entries(roles)) {
    const place = `${prop}.roles["${group}"]`;
    if (names.length === 0) validator.report(place, names, 'expected one role or more, as in ["Viewer"]');
    for (const name of names) validateRole(validator, place, name);
  }
  if (defaultRole !== undefined) validateRole(validator, `${prop}.defaultRole`, defaultRole);
}

function validateRole(validator: PropValidator, place: string, name: string): void {
  if (!ROLE.test(name)) validator.report(place, name, 'expected the name of a role of at most 64 characters, as in "Viewer"');
}
