import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';

/** A fenced block of code. Behind its language there may be the name of the file that it is. */
export interface Block {
  readonly language: string;
  readonly file?: string;
  readonly text: string;
  /** The line of the page on which its text begins. */
  readonly line: number;
  /** The heading that it stands below. */
  readonly section: string;
}

export interface Link {
  readonly text: string;
  readonly target: string;
  readonly line: number;
  /** The heading that it stands below. */
  readonly section: string;
}

/** What there is to check on a page. */
export interface Page {
  /** The file, relative to the repository. */
  readonly path: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** Files that the reader has before the page begins, with where they are here: `<!-- given: token.txt charts/web=test/fixtures/charts/plain -->`. */
  readonly given: readonly string[];
  /** Namespaces of objects that no program of the page makes: `<!-- elsewhere: airflow -->`. */
  readonly elsewhere: readonly string[];
  /** What a link may have behind `#`. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt({ html: true });
const HTML_ANCHOR = /\s(?:id|name)="([^"]+)"/g;

export function readPage(root: string, path: string): Page {
  return parsePage(path, readFileSync(join(root, path), 'utf8'));
}

export function parsePage(path: string, text: string): Page {
  const blocks: Block[] = [];
  const links: Link[] = [];
  const headings: string[] = [];
  const anchors = new Set<string>();
  const tokens = markdown.parse(text, {});
  for (const [index, { type, info, content, map, children }] of tokens.entries()) {
    const line = (map?.[0] ?? 0) + 1;
    if (type === 'fence') {
      const [language = '', file] = info.split(/\s+/);
      blocks.push({ language, file, text: content, line: line + 1, section: headings.at(-1) ?? '' });
    }
    if (type === 'heading_open') {
      const heading = plainText(tokens[index + 1]);
      headings.push(heading);
      anchors.add(uniqueSlug(heading, anchors));
    }
    if (type === 'inline' || type === 'html_block') {
      for (const [, anchor] of content.matchAll(HTML_ANCHOR)) anchors.add(anchor);
    }
    for (const [position, child] of (children ?? []).entries()) {
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (typeof target === 'string' && target)
        links.push({ text: textFrom(children ?? [], position), target, line, section: headings.at(-1) ?? '' });
    }
  }
  const comments = (name: string) =>
    [...text.matchAll(new RegExp(`<!-- ${name}: (.*) -->`, 'g'))].flatMap(([, words]) => words.split(/\s+/));
  return { path, title: headings[0] ?? '', blocks, links, given: comments('given'), elsewhere: comments('elsewhere'), anchors };
}

/** The anchor that GitHub gives a heading; the site gives it the same. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');
}

function uniqueSlug(heading: string, taken: ReadonlySet<string>): string {
  const base = slug(heading);
  let result = base;
  for (let count = 1; taken.has(result); count++) result = `${base}-${count}`;
  return result;
}

function plainText(inline: Token): string {
  const visible = (inline.children ?? []).filter(({ type }) => type !== 'html_inline');
  return visible
    .map(({ content }) => content)
    .join('')
    .trim();
}

/** The text of a link that opens at a position. */
function textFrom(tokens: readonly Token[], position: number): string {
  const end = tokens.findIndex(({ type }, index) => index > position && type === 'link_close');
  return tokens
    .slice(position + 1, end)
    .map(({ content }) => content)
    .join('');
}
