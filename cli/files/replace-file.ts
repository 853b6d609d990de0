import { constants } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { errorCodeOf } from '../error-code.ts';

/**
 * Writes a file in the place of one that is there, which is kept beside it; at no moment is there none.
 * @returns where the old one is, undefined when there was none.
 */
export const replaceFile = async (path: string, text: string): Promise<string | undefined> => {
  const backup = await keep(path, 1);
  const next = `${path}.new`;
  await rm(next, { force: true });
  const file = await open(next, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  return backup;
};

/** Copies it to the first name that is free, and never over an older copy. */
const keep = async (path: string, number: number): Promise<string | undefined> => {
  const backup = `${path}.${String(number)}.bak`;
  try {
    await copyFile(path, backup, constants.COPYFILE_EXCL);
    return backup;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    if (errorCodeOf(error) === 'EEXIST') return keep(path, number + 1);
    throw error;
  }
};
