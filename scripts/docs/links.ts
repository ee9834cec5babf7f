import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type Page, readPage } from './pages';

/** Links that lead nowhere. What is outside of the repository is not asked. */
export function checkLinks(root: string, pages: readonly Page[]): string[] {
  const known = new Map(pages.map((page) => [page.path, page]));
  const pageAt = (path: string): Page => {
    const page = known.get(path) ?? readPage(root, path);
    known.set(path, page);
    return page;
  };

  const problemWith = (page: Page, target: string): string | undefined => {
    if (/^[a-z]+:/.test(target)) return URL.canParse(target) ? undefined : 'it is no address';
    const [path, anchor] = target.split('#');
    const file = path === '' ? page.path : normalize(join(dirname(page.path), decodeURI(path))).replace(/\/$/, '');
    if (file.startsWith('..')) return 'it leads out of the repository';
    if (!existsSync(join(root, file))) return `there is no ${file}`;
    if (anchor === undefined) return undefined;
    if (!file.endsWith('.md')) return `${file} has no anchors`;
    return pageAt(file).anchors.has(decodeURI(anchor)) ? undefined : `there is no heading for #${anchor} in ${file}`;
  };

  return pages.flatMap((page) =>
    page.links.flatMap(({ target, line }) => {
      const problem = problemWith(page, target);
      return problem ? [`${page.path}:${line}: the link ${target}: ${problem}`] : [];
    }),
  );
}

/** Pages to which no link of the start page leads: they would be missing from the site's menu. */
export function checkMenu(start: Page, pages: readonly Page[]): string[] {
  const linked = new Set(start.links.map(({ target }) => normalize(join(dirname(start.path), target.split('#')[0]))));
  return pages.filter(({ path }) => path !== start.path && !linked.has(path)).map(({ path }) => `${path}: ${start.path} has no link to it`);
}
