import type { Arrow, Deployment, Frame, Part } from './deployment';

const BLUE = '#2f6aa8';
const VIOLET = '#7a52ad';
const OCHRE = '#a67f1d';
const GREY = '#6b6b6b';

const PARTS: { readonly [kind in Part['kind']]: string } = {
  pods: `color="${BLUE}", fillcolor="#e3eefa"`,
  job: `color="${VIOLET}", fillcolor="#efe7f8"`,
  data: `color="${OCHRE}", fillcolor="#fcf4da", shape=note, style=filled`,
  outside: `color="${GREY}", fillcolor="#f0f0f0"`,
};
const ARROWS: { readonly [kind in Arrow['kind']]: string } = {
  connects: `color="${BLUE}", fontcolor="${BLUE}"`,
  makes: `color="${VIOLET}"`,
  // What is read goes to its reader.
  reads: `color="${OCHRE}", style=dashed, dir=back, arrowtail=normal`,
};
const LEGEND = [
  `<font color="${BLUE}">connects to a port, as the NetworkPolicies allow</font>`,
  `<font color="${VIOLET}">makes what is missing</font>`,
  `<font color="${OCHRE}">is mounted (dashed)</font>`,
]
  .map((line) => `${line}<br align="left"/>`)
  .join('');

/** A picture of a deployment, in the language of Graphviz. */
export function toDot(deployment: Deployment): string {
  const { namespace, parts, arrows, frames } = mergeLike(drawOnce(deployment));
  const ofKind = (...kinds: Part['kind'][]) => parts.filter(({ kind }) => kinds.includes(kind));
  const isBehindIngress = ({ id }: Part) => arrows.some(({ from, to }) => from.startsWith('Ingress/') && to === id);
  return `digraph {
graph [rankdir=LR, newrank=true, compound=true, bgcolor=white, pad=0.2, nodesep=0.25, fontname=Arial, fontsize=12]
graph [label=<${LEGEND}>]
node [shape=box, style="filled,rounded", margin="0.12,0.07", fontname=Arial, fontsize=13]
edge [arrowsize=0.7, fontname=Arial, fontsize=11]
${ofKind('outside').map(node).join('\n')}
subgraph cluster_namespace {
label="namespace ${namespace}"; labeljust=l; style=rounded; color="${GREY}"
${ofKind('pods', 'job', 'data').map(node).join('\n')}
${nested(frames)}
}
${column(ofKind('data'))}
${column([...ofKind('job'), ...ofKind('pods').filter(isBehindIngress)])}
${arrows.map((arrow) => edge(arrow, frames)).join('\n')}
}
`;
}

function node({ id, kind, title, lines }: Part): string {
  const small = lines.map((line) => `<br/><font point-size="10" color="#444444">${line}</font>`).join('');
  return `"${id}" [${PARTS[kind]}, label=<<b>${title}</b>${small}>]`;
}

function nested([frame, ...inner]: readonly Frame[]): string {
  if (!frame) return '';
  return `subgraph "cluster_${frame.id}" {
label="${frame.title}"; style="rounded,dashed"; color="${BLUE}"; fontcolor="${BLUE}"
${frame.members.map((id) => `"${id}"`).join(' ')}
${nested(inner)}
}`;
}

function column(parts: readonly Part[]): string {
  return `{ rank=same; ${parts.map(({ id }) => `"${id}"`).join(' ')} }`;
}

/** An arrow from a frame begins at one of its members, and is cut off at the frame. */
function edge({ from, to, kind, label }: Arrow, frames: readonly Frame[]): string {
  const frame = frames.find(({ id }) => id === from);
  const attributes = [ARROWS[kind], `label="${label}"`, ...(frame ? [`ltail="cluster_${frame.id}"`] : [])];
  return `"${frame ? frame.members[Math.floor(frame.members.length / 2)] : from}" -> "${to}" [${attributes.join(', ')}]`;
}

/** What all members of a frame do is drawn once, from the frame. */
function drawOnce(deployment: Deployment): Deployment {
  let { arrows } = deployment;
  for (const { id, members } of deployment.frames) {
    const isDoneByAll = (arrow: Arrow) => members.every((from) => arrows.some((other) => other.from === from && isLike(other, arrow)));
    const common = arrows.filter((arrow) => members.includes(arrow.from) && isDoneByAll(arrow));
    const others = arrows.filter((arrow) => !common.includes(arrow));
    arrows = [...others, ...common.filter(({ from }) => from === members[0]).map((arrow) => ({ ...arrow, from: id }))];
  }
  return { ...deployment, arrows };
}

function isLike(one: Arrow, other: Arrow): boolean {
  return one.to === other.to && one.kind === other.kind && one.label === other.label;
}

/** Secrets, or ConfigMaps, that the same parts make and read are drawn as one. */
function mergeLike(deployment: Deployment): Deployment {
  const like = new Map<string, Part[]>();
  for (const part of deployment.parts) {
    const uses = deployment.arrows.filter(({ to }) => to === part.id).map(({ from, kind }) => [from, kind]);
    const key = part.kind === 'data' ? JSON.stringify([part.lines, uses]) : part.id;
    like.set(key, [...(like.get(key) ?? []), part]);
  }
  const parts = [...like.values()].map((group) => ({ ...group[0], title: group.map(({ title }) => title).join('<br/>') }));
  return { ...deployment, parts, arrows: deployment.arrows.filter(({ to }) => parts.some(({ id }) => id === to)) };
}
