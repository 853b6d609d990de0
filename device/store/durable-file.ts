import { dirname } from 'node:path';
import { type FileSystem, isSystemError } from './file-system.ts';

/** Only the owner reads and writes. */
const PRIVATE_FILE_MODE = 0o600;

// Beside the target, because a rename is atomic within one file system only; named by process, so that two do not share it.
const partial = (path: string): string => `${path}.${process.pid}.partial`;

/** Puts the text in place of what was there: a reader, and a power cut, finds the old or the new, never a mixture. */
export const replaceFile = async (fileSystem: FileSystem, path: string, text: string): Promise<void> => {
  await fileSystem.writeThrough(partial(path), text, PRIVATE_FILE_MODE);
  await fileSystem.rename(partial(path), path);
  await fileSystem.syncDirectory(dirname(path));
};

/** Has the link name the target from now on, whatever was there before: a reader, and a power cut, finds the old or the new. */
export const replaceLink = async (fileSystem: FileSystem, path: string, target: string): Promise<void> => {
  await fileSystem.remove(partial(path));
  await fileSystem.makeLink(target, partial(path));
  await fileSystem.rename(partial(path), path);
  await fileSystem.syncDirectory(dirname(path));
};

/** Creates the file, whole; false when there was one already, which is left as it is. */
export const createFile = async (fileSystem: FileSystem, path: string, text: string): Promise<boolean> => {
  await fileSystem.writeThrough(partial(path), text, PRIVATE_FILE_MODE);
  const isNew = await linkNew(fileSystem, partial(path), path);
  await fileSystem.remove(partial(path));
  await fileSystem.syncDirectory(dirname(path));
  return isNew;
};

// A rename would replace what another process has put there meanwhile; a link refuses.
const linkNew = async (fileSystem: FileSystem, from: string, to: string): Promise<boolean> => {
  try {
    await fileSystem.link(from, to);
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
};
