import { join } from 'node:path';
import * as z from 'zod/mini';
import { BadSetupError } from '../bad-setup.ts';
import { type ConnectionRecord, connectionRecordSchema, proofMemorySchema } from './connection-record.ts';
import type { ConnectionStore } from './connection-store.ts';
import { replaceFile } from '../store/durable-file.ts';
import { stateFiles } from '../store/file-key-store.ts';
import { type FileSystem, nodeFileSystem } from '../store/file-system.ts';
import { asBadSetup, openPrivateDirectory, readPrivateFile } from '../store/private-file.ts';

/**
 * Keeps record and memory as two files of one directory, which one process uses at a time.
 * @throws BadSetupError when the directory cannot be made or is open to others.
 */
export const openFileConnectionStore = async (directory: string, fileSystem: FileSystem = nodeFileSystem): Promise<ConnectionStore> => {
  await openPrivateDirectory(fileSystem, directory);
  const paths = { record: join(directory, stateFiles.record), memory: join(directory, stateFiles.proofs) };
  const write = async (path: string, value: unknown): Promise<void> => {
    try {
      await replaceFile(fileSystem, path, `${JSON.stringify(value, undefined, 2)}\n`);
    } catch (error) {
      throw asBadSetup(`${path} cannot be written`, error);
    }
  };
  return {
    readRecord: async () => recordIn(paths.record, await readPrivateFile(fileSystem, paths.record)),
    writeRecord: (record) => write(paths.record, record),
    // A memory that cannot be read is as good as none: what was lost with it is made good by the time in each proof.
    readMemory: async () => parsed(proofMemorySchema, await readPrivateFile(fileSystem, paths.memory)),
    writeMemory: (memory) => write(paths.memory, memory),
  };
};

const recordIn = (path: string, text: string | undefined): ConnectionRecord | undefined => {
  const record = parsed(connectionRecordSchema, text);
  if (record === undefined && parsed(z.object({ serialNumber: z.string(), stage: z.string() }), text) !== undefined)
    throw new BadSetupError(`${path} is of a device that came in by claim; give the other approach a state directory of its own.`);
  return record;
};

const parsed = <Value>(schema: z.ZodMiniType<Value>, text: string | undefined): Value | undefined => {
  try {
    const found = z.safeParse(schema, JSON.parse(text ?? ''));
    return found.success ? found.data : undefined;
  } catch {
    return undefined;
  }
};
