import { ChartError } from '../chart-error';

const MIB = 1024 * 1024;
/** What helm takes too. */
const MAX_BYTES = 100 * MIB;
const MAX_FILES = 20_000;
const TAR_BYTES_OF_A_FILE = 1024; // the header, and what fills the last block

/** How much a chart may come to, with the archives in it, so that no small file fills the memory. */
export class FileBudget {
  private bytes = MAX_BYTES;
  private files = MAX_FILES;

  /** @param chart what it is, for errors. */
  constructor(private readonly chart: string) {}

  /** The most bytes that an archive may unpack to. */
  get archiveBytes(): number {
    return this.bytes + this.files * TAR_BYTES_OF_A_FILE;
  }

  takeFile(): void {
    this.files -= 1;
    if (this.files < 0) throw new ChartError(`${this.chart}: more than ${MAX_FILES} files`);
  }

  takeBytes(bytes: number): void {
    this.bytes -= bytes;
    if (this.bytes < 0) this.tooLarge();
  }

  tooLarge(): never {
    throw new ChartError(`${this.chart}: more than ${MAX_BYTES / MIB} MiB unpacked`);
  }
}
