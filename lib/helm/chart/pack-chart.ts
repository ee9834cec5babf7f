import { gzipSync } from 'node:zlib';
import type * as Tar from 'tar';

const BLOCK = 512;

/**
 * A .tgz file of a chart, as helm reads it: one file is written in a tenth of the time that a folder with all of them takes.
 * @param files their bytes by their path in the chart.
 */
export function packChart(files: ReadonlyMap<string, Buffer>): Buffer {
  // Loaded when they are first needed; the whole library would take five times as long.
  const { Header }: Pick<typeof Tar, 'Header'> = require('tar/header');
  const { Pax }: Pick<typeof Tar, 'Pax'> = require('tar/pax');
  const blocks = [...files.keys()].sort().flatMap((pathInChart) => {
    const content = files.get(pathInChart) as Buffer;
    const path = `chart/${pathInChart}`;
    const header = new Header({ path, size: content.length, type: 'File', mode: 0o600 });
    const isTooLong = header.encode();
    return [...(isTooLong ? [new Pax({ path }).encode()] : []), header.block as Buffer, content, padding(content)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 0 });
}

function padding({ length }: Buffer): Buffer {
  return Buffer.alloc((BLOCK - (length % BLOCK)) % BLOCK);
}
