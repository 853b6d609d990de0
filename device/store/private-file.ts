import { BadSetupError } from '../bad-setup.ts';
import { type FileSystem, isSystemError } from './file-system.ts';

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/**
 * The text of a file that holds a secret; `undefined` when there is none.
 * @throws BadSetupError when others than its owner may read or write it.
 */
export const readPrivateFile = async (fileSystem: FileSystem, path: string): Promise<string | undefined> => {
  try {
    const { mode, isFile } = await fileSystem.stat(path);
    if (!isFile) throw new BadSetupError(`${path} is not a file; expected one.`);
    if ((mode & OTHERS) !== 0) {
      throw new BadSetupError(`${path} has mode ${octal(mode)}, so others can use its secret; expected 0600. Run: chmod 600 '${path}'`);
    }
    return await fileSystem.readText(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw asBadSetup(`${path} cannot be read`, error);
  }
};

/**
 * Makes the directory for secrets, for its owner only; one that is there must be writable by its owner only.
 * @throws BadSetupError
 */
export const openPrivateDirectory = async (fileSystem: FileSystem, path: string): Promise<void> => {
  try {
    await fileSystem.makeDirectory(path, 0o700);
    const { mode, isDirectory } = await fileSystem.stat(path);
    if (!isDirectory) throw new BadSetupError(`${path} is not a directory; expected one.`);
    if ((mode & OTHERS_WRITE) !== 0) {
      throw new BadSetupError(
        `${path} has mode ${octal(mode)}, so others can exchange the files in it; expected 0700. Run: chmod 700 '${path}'`,
      );
    }
  } catch (error) {
    throw asBadSetup(`${path} cannot be used as the state directory`, error);
  }
};

/** A failed system call about the device's files is a matter of its set-up; anything else stays what it is. */
export const asBadSetup = (what: string, error: unknown): unknown =>
  isSystemError(error) ? new BadSetupError(`${what}: ${error.message}`, { cause: error }) : error;
