import { type ApiObject, App } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Json } from '../kubernetes/json';
import { ObjectRendering } from './object-rendering';

/**
 * What is checked in an app.
 *
 * It replaces `App.synth` and `App.synthYaml`: they alone know when a synth begins and ends. Without that each object would be checked and
 * rendered again for each chart of the app.
 */
export class CheckedApp {
  static of(scope: Construct): CheckedApp {
    const { root } = scope.node;
    const app = CheckedApp.apps.get(root) ?? new CheckedApp(root);
    CheckedApp.apps.set(root, app);
    return app;
  }

  private static readonly apps = new WeakMap<IConstruct, CheckedApp>();

  readonly scopes: Construct[] = [];
  /** What passed in the synth that is going on, if one is. */
  private passed: Set<() => string[]> | undefined;
  private readonly rendered: ObjectRendering[] = [];

  private constructor(root: IConstruct) {
    if (!(root instanceof App)) return;
    root.synth = this.remembering(root.synth.bind(root));
    root.synthYaml = this.remembering(root.synthYaml.bind(root));
  }

  /** Validate together with a construct. */
  addValidation(scope: Construct, validate: () => string[]): void {
    scope.node.addValidation({
      validate: () => {
        if (this.passed?.has(validate)) return [];
        const errors = validate();
        if (errors.length === 0) this.passed?.add(validate);
        return errors;
      },
    });
  }

  /** An object as it will stand in dist. In a synth, what has been checked is what is written: it is not rendered again. */
  render(object: ApiObject): Json {
    if (this.passed) {
      const rendering = ObjectRendering.of(object);
      rendering.remember();
      this.rendered.push(rendering);
    }
    return object.toJson();
  }

  /**
   * An app validates all of itself anew for each of its charts, which takes the square of the work. Nothing changes in it until the synth
   * is over: what passed is not looked at again.
   */
  private remembering<Result>(synth: () => Result): () => Result {
    return () => {
      this.passed = new Set();
      try {
        return synth();
      } finally {
        this.passed = undefined;
        for (const rendering of this.rendered.splice(0)) rendering.forget();
      }
    };
  }
}
