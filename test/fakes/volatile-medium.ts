import { dirname, join } from 'node:path/posix';
import type { FileSystem } from '../../device/store/file-system.ts';

interface File {
  readonly text: string;
  readonly mode: number;
}

/** A file, or a symbolic link and what it names. */
type Inode = File | { readonly target: string };

const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open' });

/**
 * A file system as POSIX promises it and no better: what was written through is there after a power cut, but names that
 * were made, changed or removed since the last sync of their directory may be as before, or not.
 */
export class VolatileMedium {
  #durable = new Map<string, Inode>();
  #names = new Map<string, Inode>();
  readonly #directories = new Set(['/state']);

  /** The power came back; `keepsNames` says which of the two happened to the names that were not synced, to all alike or to each. */
  recover(keepsNames: boolean | (() => boolean)): void {
    const isKept = typeof keepsNames === 'boolean' ? () => keepsNames : keepsNames;
    for (const name of new Set([...this.#names.keys(), ...this.#durable.keys()])) {
      if (this.#names.get(name) !== this.#durable.get(name) && isKept()) copyName(name, this.#names, this.#durable);
    }
    this.#names = new Map(this.#durable);
  }

  get fileNames(): readonly string[] {
    return [...this.#names.keys()];
  }

  readonly fileSystem: FileSystem = {
    readText: async (path) => Promise.resolve(this.#at(path).text),
    stat: async (path) => {
      if (this.#directories.has(path)) return Promise.resolve({ mode: 0o700, isDirectory: true, isFile: false });
      return Promise.resolve({ mode: this.#at(path).mode, isDirectory: false, isFile: true });
    },
    makeDirectory: async (path) => {
      this.#directories.add(path);
      return Promise.resolve();
    },
    writeThrough: async (path, text, mode) => {
      this.#names.set(path, { text, mode });
      return Promise.resolve();
    },
    rename: async (from, to) => {
      this.#names.set(to, this.#named(from));
      this.#names.delete(from);
      return Promise.resolve();
    },
    link: async (from, to) => {
      if (this.#names.has(to)) return Promise.reject(failure('EEXIST', to));
      this.#names.set(to, this.#named(from));
      return Promise.resolve();
    },
    remove: async (path) => {
      this.#names.delete(path);
      return Promise.resolve();
    },
    makeLink: async (target, path) => {
      if (this.#names.has(path)) return Promise.reject(failure('EEXIST', path));
      this.#names.set(path, { target });
      return Promise.resolve();
    },
    readLink: async (path) => {
      const inode = this.#names.get(path);
      return Promise.resolve(inode !== undefined && 'target' in inode ? inode.target : undefined);
    },
    syncDirectory: async (path) => {
      for (const name of new Set([...this.#names.keys(), ...this.#durable.keys()]))
        if (dirname(name) === path) copyName(name, this.#names, this.#durable);
      return Promise.resolve();
    },
  };

  #named(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw failure('ENOENT', path);
    return inode;
  }

  // Links are followed wherever they stand in a path.
  #at(path: string): File {
    const parts = path.split('/').slice(1);
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const inode = this.#names.get(`/${parts.slice(0, depth).join('/')}`);
      if (inode !== undefined && 'target' in inode)
        return this.#at(join('/', ...parts.slice(0, depth - 1), inode.target, ...parts.slice(depth)));
    }
    const found = this.#named(path);
    if ('target' in found) throw failure('ENOENT', path);
    return found;
  }
}

const copyName = (name: string, from: ReadonlyMap<string, Inode>, to: Map<string, Inode>): void => {
  const inode = from.get(name);
  if (inode === undefined) to.delete(name);
  else to.set(name, inode);
};
