import type { SourceLine } from './read-requirements';
import { bareUrl, hasVariable } from './url';

const PYPI = 'https://pypi.org/simple';
/** Where PyPI's files are. */
const PYPI_FILES = 'https://files.pythonhosted.org';

/** What pods must reach in order to install. */
export interface PackageIndexes {
  readonly urls: string[];
  /** Whether that is all. */
  readonly known: boolean;
}

/** The indexes, pages and files that requirements name; PyPI where they name no index. */
export function packageIndexes(lines: readonly SourceLine[], hasPipConfig: boolean): PackageIndexes {
  const values = (name: string) => lines.flatMap(({ option }) => (option?.name === name ? [option.value ?? ''] : []));
  const withoutIndex = lines.some(({ option }) => option?.name === '--no-index');
  const index = values('--index-url').at(-1) ?? (hasPipConfig ? undefined : PYPI);
  const named = [
    ...(withoutIndex ? [] : [...(index ? [index] : []), ...values('--extra-index-url')]),
    ...values('--find-links'),
    ...values('--constraint'),
    ...lines.flatMap((line) => line.package?.url ?? []),
  ];
  const urls = named.map(bareUrl).filter((url) => URL.canParse(url) && !hasVariable(url.split('/')[2]));
  const usesPypi = urls.some((url) => new URL(url).hostname === 'pypi.org');
  return { urls: [...new Set([...urls, ...(usesPypi ? [PYPI_FILES] : [])])], known: !hasPipConfig && urls.length === named.length };
}
