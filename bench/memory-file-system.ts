import { join } from 'node:path/posix';
import type { FileSystem } from '../device/store/file-system.ts';

interface File {
  readonly text: string;
  readonly mode: number;
}

/** As Node's own, without a stack. */
const failure = (code: string, path: string): Error => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open' });
  Error.stackTraceLimit = stackTraceLimit;
  return error;
};

/** Files that are nowhere but in memory: what a disk takes is no part of what is measured. */
export const memoryFileSystem = (): FileSystem => {
  const files = new Map<string, File>();
  const links = new Map<string, string>();
  const directories = new Set<string>();
  const done = Promise.resolve();

  const followed = (path: string): string => {
    if (links.size === 0) return path;
    let at = '/';
    for (const part of path.split('/').slice(1)) {
      const target = links.get(join(at, part));
      at = target === undefined ? join(at, part) : followed(join(at, target));
    }
    return at;
  };
  const fileAt = (path: string): File => {
    const file = files.get(followed(path));
    if (file === undefined) throw failure('ENOENT', path);
    return file;
  };
  const remove = (path: string): void => {
    links.delete(path);
    files.delete(path);
  };
  const copy = (from: string, to: string): void => {
    const [file, target] = [files.get(from), links.get(from)];
    remove(to);
    if (file !== undefined) files.set(to, file);
    if (target !== undefined) links.set(to, target);
  };
  const isThere = (path: string): boolean => files.has(path) || links.has(path);

  return {
    readText: async (path) => Promise.resolve(fileAt(path).text),
    stat: async (path) => {
      const isDirectory = directories.has(followed(path));
      return Promise.resolve({ mode: isDirectory ? 0o700 : fileAt(path).mode, isDirectory, isFile: !isDirectory });
    },
    makeDirectory: (path) => (directories.add(path), done),
    writeThrough: (path, text, mode) => (files.set(path, { text, mode }), done),
    rename: (from, to) => (copy(from, to), remove(from), done),
    link: (from, to) => (isThere(to) ? Promise.reject(failure('EEXIST', to)) : (copy(from, to), done)),
    remove: (path) => (remove(path), done),
    makeLink: (target, path) => (isThere(path) ? Promise.reject(failure('EEXIST', path)) : (links.set(path, target), done)),
    readLink: (path) => Promise.resolve(links.get(path)),
    syncDirectory: () => done,
  };
};
