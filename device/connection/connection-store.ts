import type { ConnectionRecord, ProofMemory } from './connection-record.ts';

/**
 * What a device must not lose that proves itself whenever it connects. Each write is whole or not done at all, and survives a
 * power cut once it has resolved.
 * @throws BadSetupError when what is kept cannot be used, or others could change it.
 */
export interface ConnectionStore {
  readRecord(): Promise<ConnectionRecord | undefined>;
  writeRecord(record: ConnectionRecord): Promise<void>;
  readMemory(): Promise<ProofMemory | undefined>;
  writeMemory(memory: ProofMemory): Promise<void>;
}
