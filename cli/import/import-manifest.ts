import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '../../domain/configuration.ts';
import { manufacturersList } from '../../domain/operations/manufacturers-list.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { type ImportReport, importDevices } from './import-devices.ts';
import { createPace } from './pace.ts';
import type { RowResult } from './result.ts';
import { type ImportDefaults, knownColumns } from './row.ts';
import { isPassingTrouble } from './send.ts';
import { type Journal, openJournal } from '../manifest/journal.ts';
import { type Manifest, openManifest } from '../manifest/open-manifest.ts';
import { openResultsFile } from '../manifest/results-file.ts';

/** Then the other side is not busy but away: the same command goes on another time. */
const ATTEMPTS = 12;

export interface ManifestImportWishes {
  readonly path: string;
  readonly defaults?: ImportDefaults;
  readonly isDryRun?: boolean;
  /** The operator stands for it in place of a manufacturer. */
  readonly isUnsigned?: boolean;
  readonly format?: string | undefined;
  readonly signature?: string | undefined;
  readonly serialFrom?: string | undefined;
  /** A file that is told what became of each row. */
  readonly results?: string | undefined;
  /** Told when the manifest was found good, and how many of its rows an earlier run has done. */
  readonly onManifest?: (manifest: Manifest, doneRows: number) => void;
  readonly onResults?: (results: readonly RowResult[]) => void;
  readonly signal?: AbortSignal;
}

export interface ImportSide {
  readonly client: OperationsClient;
  readonly configuration: Configuration;
}

/**
 * Verifies a manifest, and enrolls its devices from where an earlier run stopped.
 * @throws CommandError for what is wrong with the file; OperationError for what the operations function refuses as a whole.
 */
export const importManifest = async ({ client, configuration }: ImportSide, wishes: ManifestImportWishes): Promise<ImportReport> => {
  const { path, defaults = {}, isDryRun = false, isUnsigned = false, onManifest, onResults = ignore } = wishes;
  const { keys } = await client.call(manufacturersList, {});
  const { format, signature, serialFrom } = wishes;
  const manifest = await openManifest({ path, format, signature, serialFrom, isUnsigned, keys, knownColumns, at: Date.now() });
  const rowWishes = JSON.stringify([configuration.prefix, defaults, manifest.format.name, serialFrom ?? null]);
  const journal = isDryRun ? undefined : await openJournal(path, { digest: manifest.digest, wishes: rowWishes });
  return closing(journal, async () => {
    const resultsFile = wishes.results === undefined ? undefined : await openResultsFile(wishes.results, journal?.resultsLength);
    onManifest?.(manifest, journal?.counts.rows ?? 0);
    const pace = createPace(
      { random: Math.random, now: () => performance.now(), sleep },
      { isPassing: isPassingTrouble, attempts: ATTEMPTS },
    );
    const { signal = new AbortController().signal } = wishes;
    try {
      return await importDevices({
        client,
        configuration,
        path,
        manifest,
        defaults,
        isDryRun,
        pace,
        journal,
        resultsFile,
        onResults,
        signal,
      });
    } finally {
      await resultsFile?.close();
    }
  });
};

const ignore = (): void => undefined;

// A journal of what is complete has nothing left to tell.
const closing = async (journal: Journal | undefined, act: () => Promise<ImportReport>): Promise<ImportReport> => {
  let isComplete = false;
  try {
    const report = await act();
    ({ isComplete } = report);
    return report;
  } finally {
    await (isComplete ? journal?.discard() : journal?.close());
  }
};
