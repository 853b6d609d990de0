import { BadSetupError } from '../bad-setup.ts';
import type { KeyStore } from '../store/key-store.ts';

/**
 * The store of a device that asks for another certificate though it has one: what is on record of that stands until another was issued, and
 * the key is the one that it has, never a new one.
 */
export const recoveringStore = (store: KeyStore): KeyStore => ({
  ...store,
  async readRecord() {
    const record = await store.readRecord();
    if (record?.stage !== 'onboarded') return record;
    const { schemaVersion, serialNumber } = record;
    return { schemaVersion, serialNumber, stage: 'asking' };
  },
  keepKey: () => Promise.reject(new BadSetupError('The private key of this device is gone; only that key opens the way back by a ticket.')),
});
