import type { OwnedOption } from '../config/airflow-config';
import { exposuresOf, validateExposures } from '../exposure/exposures';
import type { HttpRouteOptions } from '../exposure/http-route-exposure';
import type { IngressOptions } from '../exposure/ingress-exposure';
import type { LastingComponentProps } from '../props/component-props';
import type { SecretKey } from '../props/secret-key';
import type { PropValidator } from '../validation/prop-validator';

/** What Flower is made from, which shows in a browser what Celery workers do, and lets who logs in there steer them. */
export interface FlowerProps extends LastingComponentProps {
  /**
   * Who may log in, in a Secret of the user's: names and passwords as in `ada:secret,ben:other`. Flower does not start without.
   * @default - the key in the Secret is "basicAuth"
   * @see Airflow option [celery] flower_basic_auth
   */
  readonly basicAuth: SecretKey;
  /**
   * Under which address it is reached through an Ingress controller.
   * @default - through its Service only, by `kubectl port-forward`
   */
  readonly ingress?: IngressOptions;
  /**
   * Under which address it is reached through a Gateway of the Gateway API.
   * @default - through its Service only, by `kubectl port-forward`
   */
  readonly httpRoute?: HttpRouteOptions;
}

/** What the prop says instead of options. */
export function flowerOptions(): OwnedOption[] {
  const instead = 'the prop executor, with flower';
  return ['flower_basic_auth', 'flower_host', 'flower_port', 'flower_url_prefix'].map((key) => ({ section: 'celery', key, instead }));
}

export function validateFlower(validator: PropValidator, prop: string, flower: FlowerProps): void {
  validator.secret(`${prop}.basicAuth`, flower.basicAuth);
  validateExposures(validator, exposuresOf(flower), `${prop}.`);
}
