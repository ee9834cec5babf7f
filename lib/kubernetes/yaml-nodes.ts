import type * as JsYaml from 'js-yaml';

/** A value as it is written. */
export type YamlNode = YamlScalar | YamlList | YamlMap | YamlAlias;

interface Written {
  /** Index in the text. */
  readonly at: number;
  /** In full, as `tag:yaml.org,2002:str`; empty where there is none. */
  readonly tag: string;
}

export interface YamlScalar extends Written {
  readonly kind: 'scalar';
  readonly text: string;
  /** Whether it is what it looks like; in quotes it is text. */
  readonly isPlain: boolean;
}

export interface YamlList extends Written {
  readonly kind: 'list';
  readonly items: YamlNode[];
}

export interface YamlMap extends Written {
  readonly kind: 'map';
  readonly pairs: [key: YamlNode, value: YamlNode][];
}

export interface YamlAlias extends Written {
  readonly kind: 'alias';
  readonly target: YamlNode;
}

/** What is wrong with a text that is to be YAML, and where. There is nothing of the text in it. */
export class YamlError extends Error {
  constructor(
    readonly reason: string,
    /** Index in the text. */
    readonly at: number,
  ) {
    super(reason);
  }
}

/** How the tags of YAML itself begin. */
export const STANDARD = 'tag:yaml.org,2002:';
const MAX_DEPTH = 1000;
const MAX_ATTEMPTS = 1000; // lines between brackets that are indented too little
const INDENT = ' '.repeat(200);

/** The first document of a text, and where something stands behind it that Kubernetes and helm do not read. */
export function readYamlNode(text: string): { readonly node: YamlNode | undefined; readonly rest: number | undefined } {
  const indented = new IndentedText(text);
  for (let attempt = 0; ; attempt++) {
    try {
      return new Nodes(jsYaml(), indented).document();
    } catch (error) {
      if (!(error instanceof jsYaml().YAMLException)) throw error;
      // Without js-yaml's excerpt of the text, in which a secret may be.
      const { reason, mark } = error;
      if (reason !== 'deficient indentation' || !mark || attempt >= MAX_ATTEMPTS) {
        throw new YamlError(reason, indented.given(mark?.position ?? 0));
      }
      indented.indentLine(mark.position);
    }
  }
}

/** It is loaded when it is first needed, which it is not where the render lock matches. */
function jsYaml(): typeof JsYaml {
  return require('js-yaml');
}

/** A text with lines indented on: between brackets Kubernetes takes lines that begin anywhere, also in the column of their key. */
class IndentedText {
  /** Where the lines begin that are indented, in the order of the text, in which they are found. */
  private readonly starts: number[] = [];

  constructor(public text: string) {}

  indentLine(at: number): void {
    const start = this.text.lastIndexOf('\n', at - 1) + 1;
    const line = this.text.slice(start).replace(/^\t+/, (tabs) => ' '.repeat(tabs.length));
    this.text = `${this.text.slice(0, start)}${INDENT}${line}`;
    this.starts.push(start);
  }

  /** Where a place is in the text as it was given. */
  given(at: number): number {
    return at - INDENT.length * this.starts.filter((start) => start < at).length;
  }
}

/** Builds what js-yaml's parser finds. */
class Nodes {
  private readonly text: string;
  private readonly events: JsYaml.Event[];
  private next = 0;
  private readonly anchors = new Map<string, YamlNode>();

  constructor(
    private readonly yaml: typeof JsYaml,
    private readonly indented: IndentedText,
  ) {
    this.text = indented.text;
    this.events = yaml.parseEvents(this.text, { maxDepth: MAX_DEPTH });
  }

  document(): { readonly node: YamlNode | undefined; readonly rest: number | undefined } {
    const { EVENT_ID } = this.yaml;
    if (this.events.length === 0) return { node: undefined, rest: undefined };
    this.next = 1;
    const node = this.isAtEnd() ? undefined : this.node();
    const behind = this.events.slice(this.next).find(({ type }) => type !== EVENT_ID.POP && type !== EVENT_ID.DOCUMENT);
    return { node, rest: behind && this.indented.given(startOf(behind as NodeEvent)) };
  }

  private isAtEnd(): boolean {
    return this.events[this.next].type === this.yaml.EVENT_ID.POP;
  }

  private node(): YamlNode {
    const { EVENT_ID } = this.yaml;
    const event = this.events[this.next++] as NodeEvent;
    const at = this.indented.given(startOf(event));
    if (event.type === EVENT_ID.ALIAS) return this.alias(event, at);
    const tag = tagOf(this.text.slice(event.tagStart, event.tagEnd));
    if (event.type === EVENT_ID.SCALAR) {
      const isPlain = event.style === this.yaml.SCALAR_STYLE.PLAIN;
      return this.named(event, { kind: 'scalar', text: this.yaml.getScalarValue(this.text, event), isPlain, tag, at });
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      const list = this.named<YamlList>(event, { kind: 'list', items: [], tag, at });
      while (!this.isAtEnd()) list.items.push(this.node());
      this.next++;
      return list;
    }
    const map = this.named<YamlMap>(event, { kind: 'map', pairs: [], tag, at });
    while (!this.isAtEnd()) map.pairs.push([this.node(), this.node()]);
    this.next++;
    return map;
  }

  private alias({ anchorStart, anchorEnd }: JsYaml.AliasEvent, at: number): YamlAlias {
    const target = this.anchors.get(this.text.slice(anchorStart, anchorEnd));
    if (!target) throw new YamlError('an alias of an anchor that is not there', at);
    return { kind: 'alias', target, tag: '', at };
  }

  private named<Node extends YamlNode>({ anchorStart, anchorEnd }: AnchoredEvent, node: Node): Node {
    if (anchorEnd > anchorStart) this.anchors.set(this.text.slice(anchorStart, anchorEnd), node);
    return node;
  }
}

type AnchoredEvent = JsYaml.ScalarEvent | JsYaml.SequenceEvent | JsYaml.MappingEvent;
type NodeEvent = AnchoredEvent | JsYaml.AliasEvent;

/** Where it begins, its tag and its anchor included. */
function startOf(event: NodeEvent): number {
  const starts = 'start' in event ? [event.start] : 'valueStart' in event ? [event.valueStart] : [];
  const marks = [event.anchorStart - 1, 'tagStart' in event ? event.tagStart : -1];
  return Math.min(...[...starts, ...marks].filter((start) => start >= 0));
}

function tagOf(written: string): string {
  if (written.startsWith('!!')) return `${STANDARD}${written.slice(2)}`;
  return written.startsWith('!<') ? written.slice(2, -1) : written;
}
