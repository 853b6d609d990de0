import { open, rm } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';

/** A file that is being written, line by line. */
export interface NewLines {
  add(line: string): Promise<void>;
  /** Returns when everything is on the medium. */
  close(): Promise<void>;
  /** Leaves no file behind. */
  discard(): Promise<void>;
}

/**
 * Begins a file that must not be there yet, for its owner alone.
 * @throws CommandError when it is there, or cannot be written.
 */
export const newLines = async (path: string): Promise<NewLines> => {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw new CommandError(`${path} was not written (${String(error)}); choose another --out, or move the file away.`);
  });
  return {
    add: async (line) => {
      await file.write(`${line}\n`);
    },
    close: async () => {
      await file.sync();
      await file.close();
    },
    discard: async () => {
      await file.close();
      await rm(path);
    },
  };
};
