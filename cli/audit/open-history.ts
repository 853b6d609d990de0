import type { KeyObject } from 'node:crypto';
import type { Archive } from '../../domain/audit/verification/archive.ts';
import type { CommandContext } from '../command-context.ts';
import { openArchiveFolder } from './archive-folder.ts';
import { readSealKey, sealKeyOf } from './seal-keys.ts';

/** Where history is read from, and by whose signature it is judged. */
export interface History {
  readonly archive: Archive;
  readonly keys: readonly KeyObject[];
  /** When it was as it is read, in milliseconds since the epoch. */
  readonly now: number;
  /** Since when something can have been sealed, where a deployment tells. */
  readonly begunAt?: number;
}

/** The options that say which; without any it is the deployment. */
export interface HistoryOptions {
  readonly folder?: string | undefined;
  readonly key: readonly string[];
}

/**
 * Opens history: a folder that was downloaded or the bucket of the deployment; keys from files or from its KMS. A folder and a key
 * together take no AWS credentials.
 * @throws CommandError, DeploymentNotFoundError
 */
export const openHistory = async (context: CommandContext, { folder, key: paths }: HistoryOptions): Promise<History> => {
  const keys = paths.length === 0 ? [await deployedKey(context)] : await Promise.all(paths.map(readSealKey));
  if (folder === undefined) {
    const { archive, begunAt } = await context.history();
    return { archive, keys, now: Date.now(), begunAt };
  }
  const { archive, listedAt } = await openArchiveFolder(folder);
  return { archive, keys, now: listedAt };
};

const deployedKey = async ({ history }: CommandContext): Promise<KeyObject> => sealKeyOf(await (await history()).publicKey(), 'KMS');
