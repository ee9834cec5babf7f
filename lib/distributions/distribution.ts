import { deployBuiltIn } from './built-in/deploy';
import type { Deploy } from './contract';

/** What Airflow itself is deployed from. */
export class Distribution {
  /** This library's own constructs: plain manifests, for Airflow 3. Synth needs nothing but Node. */
  static builtIn(): Distribution {
    return new Distribution(deployBuiltIn);
  }

  private constructor(
    /** @internal */
    readonly _deploy: Deploy,
  ) {}
}
