import { FAB } from '../../login/login-plan';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from './airflow-image';
import { isOlder } from './airflow-version';
import { lacksPackage } from './lacks-package';

/** What can be wrong with how users log in. */
export function validateLogin(input: DistributionInput): void {
  const { validator, login, content } = input;
  if (!login) return;
  login.validate(validator, 'login');
  if (content.webserverConfig && !login.hasPasswords) {
    validator.reportHidden('webserverConfig', 'the prop login says how users log in; leave one of them out');
  }
  for (const { prop, url } of login.hasPasswords ? [] : input.exposures) {
    if (url.startsWith('https:')) continue;
    const instead = `give ${prop} tls, or the address that begins with https where TLS ends before it`;
    validator.warn(
      'login',
      `users come to ${url}: what they log in with can be read on its way, and most providers lead nobody back there; ${instead}`,
    );
  }
  if (login.authManager !== FAB && isOlder(airflowVersionOf(input.airflowVersion), '3.0.0')) {
    validator.reportHidden('login', 'Airflow 2 knows no such auth manager; use Login.oidc(…), or Airflow 3');
  }
  if (login.package !== undefined && lacksPackage(input, login.package)) {
    validator.reportHidden(
      'login',
      `Airflow's image lacks the package ${login.package}; add it to requirements, or give an image that has it by allComponents.image.repository`,
    );
  }
}
