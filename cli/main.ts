#!/usr/bin/env node
import { existsSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { diff, diffToCluster, type Outcome } from './diff';
import { type GraphOptions, graph } from './graph';
import { images } from './images';
import { type ImportOptions, importValues } from './import';
import { status } from './status';

// The names of commands, their arguments and their help; what each does is in the file of its name.

const TO_MEND = 2;
const FAILED = 3;

const program = new Command('cdk8s-airflow')
  .description('Looks at the manifests that a program of cdk8s-airflow has written, and writes such a program.')
  .version(require('cdk8s-airflow/package.json').version)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : FAILED));

program
  .command('images')
  .description('List all images that pods of the manifests are made of, as a registry of your own would need them.')
  .argument('[dist]', 'the folder, or file, with manifests', 'dist')
  .option('--json', 'write a list of JSON')
  .action((dist: string, options: { json?: boolean }) => print(images(dist, options)));

program
  .command('diff')
  .description(
    'Say what the next apply will do: what is made, changed and gone, which pods start anew, what Kubernetes refuses, which data is at stake.',
  )
  .argument('[old]', 'a folder or file with manifests, or one of a git revision, as v1.2:./dist', 'HEAD:./dist')
  .argument('[new]', 'the same', 'dist')
  .option('--cluster [dist]', 'compare what is in the cluster, by kubectl, with these manifests')
  .option('--json', 'write JSON')
  .addHelpText('after', '\nExit status: 0 nothing changes, 1 something does, 2 something needs a hand, 3 it could not be told.')
  .action((before: string, after: string, { cluster, ...options }: { cluster?: string | true; json?: boolean }) => {
    if (cluster) end(diffToCluster(cluster === true ? 'dist' : cluster, options));
    else end(diff(before, after, options));
  });

program
  .command('graph')
  .description('Draw what the manifests make: pods, whom they connect to, what they read and make. As SVG.')
  .argument('[dist]', 'the folder, or file, with manifests', 'dist')
  .option('--output <file>', 'the file to write, in the place of standard output')
  .option('--force', 'write it also over a file that is there')
  .option('--dot', 'write the language of Graphviz')
  .action(writePicture);

program
  .command('status')
  .description('Say how Airflow in the cluster of kubectl is: what is not ready, what is not right, and what helps.')
  .option('--namespace <namespace>', 'where it is', 'airflow')
  .option('--name <name>', 'which it is, if the namespace has several')
  .option('--wait', 'wait until all is ready, and tell how far it is')
  .option('--timeout <minutes>', 'for how long', minutes, 15)
  .option('--json', 'write JSON')
  .addHelpText('after', '\nExit status: 0 all is ready, 1 not yet, 2 something is not right, 3 it could not be told.')
  .action(async ({ wait, timeout, ...options }: { namespace: string; name?: string; wait?: boolean; timeout: number; json?: boolean }) =>
    end(await status({ ...options, waitSeconds: wait ? timeout * 60 : 0 }, (line) => process.stderr.write(`${line}\n`))),
  );

program
  .command('import')
  .description('Write a program that deploys what a values.yaml of a Helm chart for Airflow says.')
  .argument('<values>', 'the file')
  .addOption(new Option('--language <language>', 'what the program is written in').choices(['typescript', 'python']).default('typescript'))
  .addOption(new Option('--chart <chart>', 'whose values they are, where that can not be told from them').choices(['official', 'bitnami']))
  .option('--output <file>', 'the file to write, in the place of standard output')
  .option('--force', 'write it also over a file that is there')
  .addHelpText('after', '\nExit status: 0 the program synthesises, 2 something in it is to be mended before, 3 there is none.')
  .action(writeImported);

function minutes(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number of minutes');
}

function print(text: string): void {
  process.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

interface OutputOptions {
  readonly output?: string;
  readonly force?: true;
}

/** The file may be somebody's work. */
function refuseToOverwrite({ output, force }: OutputOptions): void {
  if (output !== undefined && !force && existsSync(output))
    throw new Error(`${output} is there already: name another file, or say --force to write over it`);
}

function write(text: string, { output }: OutputOptions): void {
  if (output === undefined) print(text);
  else writeFileSync(output, text);
}

async function writePicture(dist: string, options: GraphOptions & OutputOptions): Promise<void> {
  refuseToOverwrite(options);
  write(await graph(dist, options), options);
}

function writeImported(values: string, options: ImportOptions & OutputOptions): void {
  refuseToOverwrite(options);
  const { text, toMend } = importValues(values, options);
  write(text, options);
  if (toMend === 0) return;
  process.stderr.write(`warning: synth stops at this program until you mend it: see "to be mended" in the comments above it (${toMend})\n`);
  process.exitCode = TO_MEND;
}

function end({ text, exitStatus }: Outcome): void {
  print(text);
  process.exitCode = exitStatus;
}

program.parseAsync().catch((error: Error) => {
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = FAILED;
});
