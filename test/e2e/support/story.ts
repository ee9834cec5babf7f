import { printDiagnostics } from '../../support/diagnostics';

type Step = (name: string, minutes: number, body: () => Promise<void>) => void;

/**
 * The tests of a file that build on each other. After a `step` that failed the rest fails at once, as it could only wait in vain;
 * a `check` that failed stands alone. On the first failures the state of the namespaces is printed. With a reason not to run, which is
 * printed, the tests count as skipped.
 */
export function story(namespaces: readonly string[], reasonNotToRun?: string): { readonly step: Step; readonly check: Step } {
  let broken: string | undefined;
  let toPrint = 2;
  if (reasonNotToRun) process.stderr.write(`\nNOT TRIED: ${reasonNotToRun}\n`);
  const defineTest = reasonNotToRun ? test.skip : test;

  const define = (name: string, minutes: number, body: () => Promise<void>, onFailure: () => void) => {
    defineTest(
      name,
      async () => {
        if (broken) throw new Error(`not tried, since this failed: ${broken}`);
        try {
          await body();
        } catch (error) {
          onFailure();
          if (toPrint-- > 0) await printDiagnostics(namespaces).catch((problem) => process.stderr.write(`no diagnostics: ${problem}\n`));
          throw error;
        }
      },
      minutes * 60_000,
    );
  };

  return {
    step: (name, minutes, body) =>
      define(name, minutes, body, () => {
        broken = name;
      }),
    check: (name, minutes, body) => define(name, minutes, body, () => {}),
  };
}
