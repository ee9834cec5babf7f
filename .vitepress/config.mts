import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { defineConfig } from 'vitepress';
import { readPage, slug } from '../scripts/docs/pages';

const ROOT = join(import.meta.dirname, '..');
const { description, repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const sources = `${repository.url.replace(/\.git$/, '')}/blob/main`;

/** The menu: what the start page links to, by its headings. */
function sidebar() {
  const { links } = readPage(ROOT, 'docs/README.md');
  const pages = links.filter(({ target }) => /^[\w/-]+\.md$/.test(target));
  return [...new Set(pages.map(({ section }) => section))].map((section) => ({
    text: section,
    items: pages.filter((link) => link.section === section).map(({ text, target }) => ({ text, link: `/${target.replace(/\.md$/, '')}` })),
  }));
}

export default defineConfig({
  title: 'cdk8s-airflow',
  description,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]],
  srcDir: 'docs',
  outDir: 'build/site',
  cacheDir: 'node_modules/.cache/vitepress',
  rewrites: { 'README.md': 'index.md' },
  markdown: {
    anchor: { slugify: slug },
    // What is outside of docs/ is not on the site, but in the repository.
    config: (md) => {
      md.core.ruler.push('links-to-sources', ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.attrGet('href') ?? '';
          const file = relative(ROOT, join(dirname(env.realPath ?? env.path), href));
          if (!/^[a-z]+:|^#/.test(href) && href !== '' && !file.startsWith('docs')) token.attrSet('href', `${sources}/${file}`);
        }
      });
    },
  },
  themeConfig: {
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository.url.replace(/\.git$/, '') }],
  },
});
