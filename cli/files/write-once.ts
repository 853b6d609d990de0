import { open } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';

/**
 * Writes a file that must not be there yet, and returns when it is on the medium.
 * @throws CommandError when it is there: a key that is overwritten is lost.
 */
export const writeOnce = async (path: string, text: string, mode: number): Promise<void> => {
  const file = await open(path, 'wx', mode).catch((error: unknown) => {
    throw new CommandError(`${path} was not written (${String(error)}); choose another --name or --out, or move the file away.`);
  });
  try {
    await file.chmod(mode); // whatever the umask
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};
