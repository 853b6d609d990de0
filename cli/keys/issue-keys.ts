import { setTimeout as sleep } from 'node:timers/promises';
import type { LineName } from '../../domain/identifiers.ts';
import { type KeyIssueResult, keysIssue, MAX_ISSUED_KEYS } from '../../domain/operations/keys-issue.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { type RecipientJwk, recipientIdOf } from '../../domain/sealing.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';
import { isPassingTrouble } from '../import/send.ts';
import { openKeyFile } from './key-file.ts';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 500;

export interface KeyIssueWishes {
  readonly line: LineName;
  readonly keyVersion: number;
  readonly serialNumbers: readonly SerialNumber[];
  readonly recipient: RecipientJwk;
  /** Where the sealed keys go; an earlier run may have begun it. */
  readonly out: string;
  readonly isDryRun: boolean;
  /** Told how many an earlier run has done. */
  readonly onBegin: (done: number) => void;
  readonly onResults: (results: readonly KeyIssueResult[]) => void;
  /** Once aborted, nothing more is begun. */
  readonly signal: AbortSignal;
}

export interface KeyIssueReport {
  readonly counts: { readonly serials: number; readonly issued: number; readonly before: number; readonly refused: number };
  readonly isComplete: boolean;
}

/** Has keys of devices issued, a hundred at a time, into a file of sealed keys. Those that are in the file are not asked for again. */
export const issueKeys = async (client: OperationsClient, wishes: KeyIssueWishes): Promise<KeyIssueReport> => {
  const { line, keyVersion, recipient, out, isDryRun, serialNumbers, signal } = wishes;
  const header = { schemaVersion: 1, line, keyVersion, kid: recipientIdOf(recipient) } as const;
  const file = isDryRun ? undefined : await openKeyFile(out, header);
  const missing = serialNumbers.filter((serial) => file?.done.has(serial) !== true);
  const before = serialNumbers.length - missing.length;
  wishes.onBegin(before);
  const counts = { serials: serialNumbers.length, issued: 0, before, refused: 0 };
  try {
    for (const batch of batchesOf(missing)) {
      if (signal.aborted) break;
      const input = { line, keyVersion, recipient, serialNumbers: [...batch] };
      const { results, sealed } = await persistently(() => client.call(keysIssue, input, { isDryRun }));
      const issued = results.filter(({ outcome }) => outcome === 'issued').map(({ serialNumber }) => serialNumber);
      if (sealed !== undefined) await file?.append({ serialNumbers: issued, sealed });
      counts.issued += issued.length;
      counts.refused += results.length - issued.length;
      wishes.onResults(results);
    }
  } finally {
    await file?.close();
  }
  return { counts, isComplete: counts.issued + counts.before + counts.refused === counts.serials };
};

function* batchesOf(serials: readonly SerialNumber[]): Generator<readonly SerialNumber[]> {
  for (let at = 0; at < serials.length; at += MAX_ISSUED_KEYS) yield serials.slice(at, at + MAX_ISSUED_KEYS);
}

// Asking again costs nothing but another event on record: the keys are the same.
const persistently = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassingTrouble(error)) throw error;
    }
    await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
};
