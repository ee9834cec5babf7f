interface Manifest {
  readonly name: string;
  readonly scripts: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

/** What is wrong with an npm command: a package that this project neither is nor works with, a script that it does not have. */
export function judgeNpm([command, ...args]: readonly string[], { name, scripts, peerDependencies, devDependencies }: Manifest): string[] {
  const words = args.filter((arg) => !arg.startsWith('-'));
  switch (command) {
    case 'init':
    case 'ci':
    case 'pack':
      return [];
    case 'install': {
      const known = [name, ...Object.keys({ ...peerDependencies, ...devDependencies })];
      return words.filter((word) => !known.includes(word) && !word.endsWith('.tgz')).map((word) => `no package ${word} is known here`);
    }
    case 'run':
    case 'test':
      return (command === 'run' ? words : ['test']).filter((script) => !scripts[script]).map((script) => `there is no script ${script}`);
    default:
      return [`npm ${command} is not known to this check`];
  }
}
