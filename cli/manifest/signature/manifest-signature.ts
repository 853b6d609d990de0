import type { KeyId, ManufacturerKey } from '../../../domain/manufacturer.ts';
import type { ContentCheck } from './content-check.ts';

/** A signature that came with a manifest, before the manifest was read. */
export interface ManifestSignature {
  /** The key that it says it was made with. */
  readonly kid: KeyId;
  readonly key: ManufacturerKey;
  /** Is given every byte of the manifest, and then knows. */
  readonly check: ContentCheck;
}
