import { readDeployment } from './graph/deployment';
import { toDot } from './graph/dot';
import { objectsOfFolder } from './objects/folder';

export interface GraphOptions {
  /** The language of Graphviz in the place of a picture. */
  readonly dot?: boolean;
}

/** The picture of a deployment: pods, whom they connect to, and what they read and make. As SVG. */
export async function graph(dist: string, { dot }: GraphOptions): Promise<string> {
  const description = toDot(readDeployment(objectsOfFolder(dist)));
  return dot ? description : svgOf(description);
}

async function svgOf(description: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz').catch(() => {
    throw new Error('there is no Graphviz: `npm install --save-dev @hpcc-js/wasm-graphviz`, or give what --dot writes to one of your own');
  });
  return (await Graphviz.load()).layout(description, 'svg', 'dot');
}
