import { type KeyObject, verify } from 'node:crypto';
import { type Seal, type SignedSeal, readSeal, signedBytes } from '../seal.ts';
import type { Archive, ArchivedVersion } from './archive.ts';
import { type VersionFlaw, flawOf } from './flaw-of-version.ts';

export interface SealPorts {
  readonly archive: Pick<Archive, 'read'>;
  /** Public keys of which any may have signed. */
  readonly keys: readonly KeyObject[];
}

/** A seal, and where it was found. */
export interface FoundSeal {
  readonly signed: SignedSeal;
  readonly seal: Seal;
  readonly version: ArchivedVersion;
}

export const isSigned = ({ seal, signature }: SignedSeal, keys: readonly KeyObject[]): boolean =>
  keys.some((key) => verify('sha256', signedBytes(seal), key, Buffer.from(signature, 'base64')));

/** The seal of a period, of whose versions the newest comes first: the oldest that is signed. */
export const findSeal = async (
  { archive, keys }: SealPorts,
  versions: readonly ArchivedVersion[],
): Promise<FoundSeal | { readonly flaw: VersionFlaw }> => {
  let first: VersionFlaw | undefined;
  for (const version of versions.filter(({ isDeleteMarker }) => !isDeleteMarker).toReversed()) {
    const bytes = await archive.read(version);
    const signed = bytes === undefined ? undefined : readSeal(Buffer.from(bytes).toString('utf8'));
    if (signed !== undefined && isSigned(signed, keys)) return { signed, seal: signed.seal, version };
    first ??=
      signed === undefined
        ? flawOf(version, 'seal-unreadable', 'no seal in its canonical form')
        : flawOf(version, 'seal-not-signed', 'a signature of none of the keys that were given');
  }
  return { flaw: first ?? { kind: 'seal-missing', detail: 'events without a seal' } };
};
