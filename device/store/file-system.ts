import { link, mkdir, open, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';

/** The few calls that the store makes, so that a test can cut the power before and after each. */
export interface FileSystem {
  readText(path: string): Promise<string>;
  stat(path: string): Promise<{ readonly mode: number; readonly isDirectory: boolean; readonly isFile: boolean }>;
  makeDirectory(path: string, mode: number): Promise<void>;
  /** Creates or empties a file of this mode, writes, and returns when the bytes are on the medium. */
  writeThrough(path: string, text: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Fails with EEXIST when `to` exists. */
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Fails with EEXIST when `path` exists. */
  makeLink(target: string, path: string): Promise<void>;
  /** What a symbolic link names; `undefined` for anything else, and where there is nothing. */
  readLink(path: string): Promise<string | undefined>;
  /** Returns when the directory's names are on the medium. */
  syncDirectory(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  readText: (path) => readFile(path, 'utf8'),
  stat: async (path) => {
    const found = await stat(path);
    return { mode: found.mode & 0o7777, isDirectory: found.isDirectory(), isFile: found.isFile() };
  },
  makeDirectory: async (path, mode) => {
    await mkdir(path, { recursive: true, mode });
  },
  writeThrough: async (path, text, mode) => {
    const file = await open(path, 'w', mode);
    try {
      await file.chmod(mode); // a leftover of an earlier run keeps its mode otherwise
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  makeLink: symlink,
  readLink: async (path) => {
    try {
      return await readlink(path);
    } catch (error) {
      if (isSystemError(error, 'EINVAL') || isSystemError(error, 'ENOENT')) return undefined;
      throw error;
    }
  },
  syncDirectory: async (path) => {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

/** Whether this is a failed system call, of that code if one is given, e.g. `ENOENT`. */
export const isSystemError = (error: unknown, code?: string): error is NodeJS.ErrnoException =>
  typeof error === 'object' && error !== null && 'syscall' in error && (code === undefined || ('code' in error && error.code === code));
