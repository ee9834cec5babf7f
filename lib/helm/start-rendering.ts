import { existsSync } from 'node:fs';
import type { RenderRequest, RenderResult } from './rendering';
import { HelmThread } from './run/helm-thread';

/** A render that goes on in the background. */
export interface Rendering {
  /** What has come of it; waits for that. Throws a ChartError, or an AggregateError of several, that tells why there is nothing. */
  result(): RenderResult;
}

/** Start to render, unless the lock has it. What is wrong is told when the objects are asked for. */
export function startRendering(request: RenderRequest): Rendering {
  try {
    if (!existsSync(request.lockPath)) HelmThread.get(); // starts while the rest is loaded
    // Loaded with the first chart: most programs have none.
    const { render } = require('./rendering') as typeof import('./rendering');
    return { result: render(request) };
  } catch (error) {
    return {
      result: () => {
        throw error;
      },
    };
  }
}
