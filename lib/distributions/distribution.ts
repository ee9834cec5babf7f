import { deployBuiltIn } from './built-in/deploy';
import type { DistributionImplementation } from './contract';
import { airflowVersionOf } from './names';

/** What Airflow itself is deployed from. */
export class Distribution {
  /** This library's own constructs: plain manifests, for Airflow 3. Synth needs nothing but Node. */
  static builtIn(): Distribution {
    return new Distribution({ airflowVersion: airflowVersionOf, deploy: deployBuiltIn });
  }

  private constructor(
    /** @internal */
    readonly _implementation: DistributionImplementation,
  ) {}
}
