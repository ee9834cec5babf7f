import type { Construct, IConstruct } from 'constructs';

/** What is checked in an app. */
export class CheckedApp {
  static of(scope: Construct): CheckedApp {
    const { root } = scope.node;
    const app = CheckedApp.apps.get(root) ?? new CheckedApp();
    CheckedApp.apps.set(root, app);
    return app;
  }

  private static readonly apps = new WeakMap<IConstruct, CheckedApp>();

  readonly scopes: Construct[] = [];
  private readonly passed = new Set<() => string[]>();

  /**
   * Validate together with a construct. `App.synth` validates the whole app anew for each of its charts, which takes the square of the
   * work; it does so in one synchronous run, and with several scopes what passed is not looked at again in the same run.
   */
  addValidation(scope: Construct, validate: () => string[]): void {
    scope.node.addValidation({
      validate: () => {
        if (this.passed.has(validate)) return [];
        const errors = validate();
        if (errors.length === 0 && this.scopes.length > 1) {
          if (this.passed.size === 0) queueMicrotask(() => this.passed.clear());
          this.passed.add(validate);
        }
        return errors;
      },
    });
  }
}
