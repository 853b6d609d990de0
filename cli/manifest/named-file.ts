import { open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { EnrollmentMistake, ReadNamedFile } from '../../domain/enroller.ts';

/** No key or certificate is larger. */
const MAX_BYTES = 65_536;

/** Reads the files that the columns of a row name, and tells what it would not read. */
export interface NamedFiles {
  readonly read: ReadNamedFile;
  /** Names that lead away from the manifest's folder. */
  readonly refused: readonly EnrollmentMistake[];
}

/** Files beside a manifest or below: a manifest comes from somebody else, and must not name what it was not sent with. */
export const namedFilesBeside = (manifest: string): NamedFiles => {
  const refused: EnrollmentMistake[] = [];
  const folder = dirname(resolve(manifest));
  return {
    refused,
    read: async (name) => {
      const problem = await problemOf(folder, name);
      if (problem === undefined) return readSmall(resolve(folder, name));
      refused.push(mistake(name, problem));
      return undefined;
    },
  };
};

const problemOf = async (folder: string, name: string): Promise<string | undefined> => {
  if (name.includes('\0')) return 'a name with a NUL in it';
  if (isAbsolute(name) || /^[A-Za-z]:[\\/]/.test(name)) return 'an absolute path';
  if (leavesBy(relative(folder, resolve(folder, name)))) return "a path that leaves the manifest's folder";
  const [root, real] = await Promise.all([realpath(folder), realpath(resolve(folder, name)).catch(() => undefined)]);
  return real !== undefined && leavesBy(relative(root, real)) ? "a link that leads out of the manifest's folder" : undefined;
};

const leavesBy = (path: string): boolean => path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);

const readSmall = async (path: string): Promise<string | undefined> => {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { isFile, size } = await file.stat().then((found) => ({ isFile: found.isFile(), size: found.size }));
    return isFile && size <= MAX_BYTES ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
};

const mistake = (name: string, problem: string): EnrollmentMistake => ({
  what: 'file',
  got: `${JSON.stringify(name.slice(0, 80))}, ${problem}`,
  allowed: `a file of at most ${MAX_BYTES} bytes in the manifest's folder or below`,
  fix: 'put the file beside the manifest and name it by its relative path',
});
