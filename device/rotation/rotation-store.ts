import { join } from 'node:path';
import { replaceFile } from '../store/durable-file.ts';
import { type FileSystem, nodeFileSystem } from '../store/file-system.ts';
import { asBadSetup, readPrivateFile } from '../store/private-file.ts';
import { parseRotationRecord, type RotationRecord } from './rotation-record.ts';

/** Where a device keeps how far its rotation has come. Each write is whole or not done at all, and survives a power cut once it has resolved. */
export interface RotationStore {
  /** `undefined` where none is known of. */
  read(): Promise<RotationRecord | undefined>;
  write(record: RotationRecord): Promise<void>;
}

/** Keeps it as a file of the state directory. */
export const fileRotationStore = (directory: string, fileSystem: FileSystem = nodeFileSystem): RotationStore => {
  const path = join(directory, 'rotation.json');
  return {
    read: async () => parseRotationRecord((await readPrivateFile(fileSystem, path)) ?? ''),
    write: async (record) => {
      try {
        await replaceFile(fileSystem, path, `${JSON.stringify(record, undefined, 2)}\n`);
      } catch (error) {
        throw asBadSetup(`${path} cannot be written`, error);
      }
    },
  };
};
