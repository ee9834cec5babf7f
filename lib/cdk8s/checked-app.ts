import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Json } from '../kubernetes/json';
import { AppSynth } from './app-synth';
import { ObjectRendering } from './object-rendering';

/** What is checked in an app. */
export class CheckedApp {
  static of(scope: Construct): CheckedApp {
    const { root } = scope.node;
    const app = CheckedApp.apps.get(root) ?? new CheckedApp(root);
    CheckedApp.apps.set(root, app);
    return app;
  }

  private static readonly apps = new WeakMap<IConstruct, CheckedApp>();

  readonly scopes: Construct[] = [];
  private isSynthesising = false;
  private readonly rendered: ObjectRendering[] = [];

  private constructor(root: IConstruct) {
    AppSynth.of(root).listen({
      begin: () => {
        this.isSynthesising = true;
      },
      end: () => {
        this.isSynthesising = false;
        for (const rendering of this.rendered.splice(0)) rendering.forget();
      },
    });
  }

  /** An object as it will stand in dist. In a synth, what has been checked is what is written: it is not rendered again. */
  render(object: ApiObject): Json {
    if (this.isSynthesising) {
      const rendering = ObjectRendering.of(object);
      rendering.remember();
      this.rendered.push(rendering);
    }
    return object.toJson();
  }
}
