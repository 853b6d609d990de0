import type { KeyId, ManufacturerKey, ManufacturerName } from './manufacturer.ts';
import type { WriteOutcome } from './ports.ts';

/** Where manufacturers' keys are kept. */
export interface ManufacturerStore {
  /** `conflict` where that manufacturer has that key already. */
  add(key: ManufacturerKey): Promise<WriteOutcome>;
  list(): Promise<readonly ManufacturerKey[]>;
  /** The key as it was; `undefined` when there is none. */
  remove(name: ManufacturerName, kid: KeyId): Promise<ManufacturerKey | undefined>;
}
