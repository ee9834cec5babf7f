import { crc32 } from 'node:zlib';

const VERSION = 20;
/** 1980-01-01, the first day that the format knows. */
const DATE = 33;

/** A ZIP archive of small text files, which are stored as they are. */
export function zip(files: { readonly [path: string]: string }): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const common = header(name, content);
    const entry = Buffer.concat([u32(0x04034b50), common, name, content]);
    // Of the directory's fields beyond those: made by, comment length, disk, attributes (regular file, rw-r--r--), offset.
    const attributes = [u16(0), u16(0), u16(0), u32(0o100644 * 2 ** 16), u32(offset)];
    directory.push(u32(0x02014b50), u16((3 << 8) | VERSION), common, ...attributes, name);
    entries.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const count = entries.length;
  const end = [u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(listed.length), u32(offset), u16(0)];
  return Buffer.concat([...entries, listed, ...end]);
}

/** What a file's own header and its line in the directory have in common. */
function header(name: Buffer, content: Buffer): Buffer {
  const sizes = [u32(crc32(content)), u32(content.length), u32(content.length)];
  return Buffer.concat([u16(VERSION), u16(0), u16(0), u16(0), u16(DATE), ...sizes, u16(name.length), u16(0)]);
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
