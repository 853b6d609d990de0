import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import * as provers from '../device/approaches.ts';
import { openFileKeyStore, stateFiles } from '../device/store/file-key-store.ts';
import type { KeyDigest } from '../domain/identifiers.ts';
import { keyDigestOf } from '../domain/key-digest.ts';

/** What a factory notes down of a device that made its key there. */
export interface MadeKey {
  /** The private key, which stays on the device: PKCS#8 in PEM. */
  readonly file: string;
  /** What the manifest says of it. */
  readonly digest: KeyDigest;
}

/** Has a device make its key in the factory, where `muster-device` will look for it; the key that is there already, if any. */
export const makeDeviceKey = async (state: string): Promise<MadeKey> => {
  const store = await openFileKeyStore(state);
  const privateKey = (await store.readKey()) ?? (await store.keepKey(await provers.pki.makeKey('ec-p256')));
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { file: join(state, stateFiles.key), digest: keyDigestOf(spki) };
};
