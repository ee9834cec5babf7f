import { clearNamespace } from '../../support/namespaces';
import { removeTemporaryFolders } from '../../support/temporary-folder';

interface CleanUp {
  /** Ends what the test is connected by. */
  readonly close: () => void;
  readonly namespaces: readonly string[];
  /** Ends the servers that the test has started. */
  readonly servers?: readonly (() => Promise<void>)[];
}

/** After all tests of a file nothing is left of them. */
export function cleanUpAfterAll({ close, namespaces, servers = [] }: CleanUp): void {
  afterAll(async () => {
    close();
    removeTemporaryFolders();
    for (const namespace of namespaces) await clearNamespace(namespace);
    for (const stop of servers) await stop();
  }, 900_000);
}
