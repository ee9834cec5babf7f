import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Content, fileProblem } from '../props/content';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** What the texts in a folder are called: parts without a leading dot, but for the file that tells Airflow what to pass over. */
const PASSED_OVER = /^(\.(?!airflowignore$).*|__pycache__|.*\.py[co])$/;
const PATH = /^(?!\.\.?(\/|$))[^/\0:]+(\/(?!\.\.?(\/|$))[^/\0:]+)*$/;

/**
 * Text files by their paths in a folder, which pods get from a ConfigMap.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Content, Files } from 'cdk8s-airflow';
 *
 * const plugin = `
 * from airflow.plugins_manager import AirflowPlugin
 *
 * def shout(text):
 *     return text.upper()
 *
 * class Shouting(AirflowPlugin):
 *     name = 'shouting'
 *     macros = [shout]
 * `;
 * new AirflowChart(new App(), 'airflow', { plugins: Files.fromMap({ 'shouting.py': Content.fromText(plugin) }) });
 */
export class Files {
  /**
   * All files in a folder and below it, which are read at synth. Those that Python makes are left out, as is what begins with a dot, but for
   * `.airflowignore`.
   * @param path the folder, as in `plugins`, relative to the working directory.
   */
  static fromFolder(path: string): Files {
    return new Files(() => readFolder(path), ['fromFolder', path]);
  }

  /**
   * Files one by one.
   * @param files what each holds, by its path in the folder, as in `shop/__init__.py`.
   */
  static fromMap(files: { [path: string]: Content }): Files {
    return new Files(() => ({ files }), ['fromMap', files]);
  }

  private constructor(
    private readonly read: () => Folder,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _files(): { readonly [path: string]: Content } {
    return this.read().files;
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const { files, problem } = this.read();
    if (problem) validator.reportHidden(prop, problem);
    else if (Object.keys(files).length === 0) validator.reportHidden(prop, 'there is no file; expected one or more');
    for (const [path, content] of Object.entries(files)) {
      const place = `${prop}["${path}"]`;
      if (!PATH.test(path)) validator.report(place, path, 'expected the path of a file in the folder, as in "shop/__init__.py"');
      content._validate(validator, place);
    }
  }
}

interface Folder {
  readonly files: { readonly [path: string]: Content };
  readonly problem?: string;
}

function readFolder(folder: string): Folder {
  try {
    return { files: Object.fromEntries(filesIn(folder, '').map((path) => [path, Content.fromFile(join(folder, path))])) };
  } catch (error) {
    return { files: {}, problem: fileProblem(folder, error) };
  }
}

/** In an order that is the same on all machines. */
function filesIn(root: string, below: string): string[] {
  const names = readdirSync(join(root, below)).filter((name) => !PASSED_OVER.test(name));
  return names.sort().flatMap((name) => {
    const path = below ? `${below}/${name}` : name;
    return statSync(join(root, path)).isDirectory() ? filesIn(root, path) : [path];
  });
}
