/** Whether a path in a chart, with `/` between its parts, is left out. */
export type Ignored = (path: string, isFolder: boolean) => boolean;

interface Rule {
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  readonly matches: (path: string) => boolean;
}

/** What helm leaves out in any case. */
const DEFAULTS = 'templates/.?*';

/**
 * What helm leaves out of a chart in a folder. Of a rule that helm does not take, it tells itself when it reads the chart.
 * @param text `.helmignore`, of which the rules are fewer and simpler than those of git.
 * @see https://helm.sh/docs/chart_template_guide/helm_ignore_file/
 */
export function helmIgnore(text: string): Ignored {
  const lines = [...text.replace(/^\ufeff/, '').split('\n'), DEFAULTS].map((line) => line.trim());
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#') && !line.includes('**')).map(ruleOf);
  return (path, isFolder) =>
    rules.some(({ isNegated, isForFolders, matches }) => {
      // With an exclamation mark before it, a rule leaves out what it does not match.
      if (isForFolders && !isFolder) return isNegated;
      return matches(path) !== isNegated;
    });
}

function ruleOf(line: string): Rule {
  const isNegated = line.startsWith('!');
  const isForFolders = line.endsWith('/');
  const rule = line.slice(isNegated ? 1 : 0, isForFolders ? -1 : undefined);
  const pattern = new RegExp(`^${patternOf(rule.replace(/^\//, ''))}$`, 'su');
  // Without a slash it is the name alone that counts.
  return { isNegated, isForFolders, matches: (path) => pattern.test(rule.includes('/') ? path : (path.split('/').at(-1) ?? '')) };
}

const PARTS = /\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|\\(.)|[^*?[\\]+|[[\\]/gsu;

/** Of a pattern as Go's `filepath.Match` takes it. */
function patternOf(glob: string): string {
  return glob.replace(PARTS, (part, not, set, escaped) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (set !== undefined) return `[${not}${set.replace(/\\(.)|[\][&~]/gsu, (it: string, char = it) => `\\${char}`)}]`;
    return literally(escaped ?? part);
  });
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
