import type { FileSystem } from '../../device/file-system.ts';

interface Inode {
  readonly text: string;
  readonly mode: number;
}

const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open' });

/**
 * A file system as POSIX promises it and no better: what was written through is there after a power cut, but names that
 * were made, changed or removed since the last sync of their directory may be as before, or not.
 */
export class VolatileMedium {
  #durable = new Map<string, Inode>();
  #names = new Map<string, Inode>();

  /** The power came back; `keepsNames` says which of the two happened to the names that were not synced. */
  recover(keepsNames: boolean): void {
    if (keepsNames) this.#durable = new Map(this.#names);
    else this.#names = new Map(this.#durable);
  }

  get fileNames(): readonly string[] {
    return [...this.#names.keys()];
  }

  readonly fileSystem: FileSystem = {
    readText: async (path) => Promise.resolve(this.#at(path).text),
    stat: async (path) => {
      if (path === '/state') return Promise.resolve({ mode: 0o700, isDirectory: true, isFile: false });
      return Promise.resolve({ mode: this.#at(path).mode, isDirectory: false, isFile: true });
    },
    makeDirectory: async () => Promise.resolve(),
    writeThrough: async (path, text, mode) => {
      this.#names.set(path, { text, mode });
      return Promise.resolve();
    },
    rename: async (from, to) => {
      this.#names.set(to, this.#at(from));
      this.#names.delete(from);
      return Promise.resolve();
    },
    link: async (from, to) => {
      if (this.#names.has(to)) return Promise.reject(failure('EEXIST', to));
      this.#names.set(to, this.#at(from));
      return Promise.resolve();
    },
    remove: async (path) => {
      this.#names.delete(path);
      return Promise.resolve();
    },
    syncDirectory: async () => {
      this.#durable = new Map(this.#names);
      return Promise.resolve();
    },
  };

  #at(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw failure('ENOENT', path);
    return inode;
  }
}
