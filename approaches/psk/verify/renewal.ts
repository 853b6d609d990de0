import { createPublicKey, type KeyObject } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import type { LineName } from '../../../domain/identifiers.ts';
import type { Renewing } from '../../../domain/rotation/renewing.ts';
import { recipientIdOf, type RecipientJwk, SEAL_ENCRYPTION, sealAlgorithmOf } from '../../../domain/sealing.ts';
import type { DeriveKey } from '../evidence/derivation.ts';
import { keyVersionFor } from '../evidence/key-version.ts';
import { readRenewalOffer } from '../evidence/renewal-offer.ts';
import { pskRequirementFrom } from '../evidence/requirement.ts';

export interface PskRenewalProps {
  /** The newest version of a line's keys; `undefined` for a line that has none. */
  readonly newestVersionOf: (line: LineName) => number | undefined;
  readonly deriveKey: DeriveKey;
}

/** By the newest key of the device, encrypted to a key that it made for this: nobody else can read it, AWS IoT included. */
export const renewalByDerivedKey = ({ newestVersionOf, deriveKey }: PskRenewalProps): Extract<Renewing, { by: 'requirement' }> => ({
  by: 'requirement',
  judge: ({ enrollment, offer: offered }) => {
    const { line, serialNumber } = enrollment;
    const recipient = readRenewalOffer(offered);
    if (recipient === undefined) return Promise.resolve('malformed-request');
    const key = readKey(recipient);
    const alg = key && sealAlgorithmOf(key);
    if (key === undefined || alg === undefined) return Promise.resolve('unacceptable-key');
    const newest = newestVersionOf(line);
    if (newest === undefined) return Promise.resolve('unknown-key');
    const keyVersion = keyVersionFor(enrollment, newest);
    const sealed = async (): Promise<string> => {
      const deviceKey = Buffer.from(await deriveKey({ line, serialNumber, keyVersion })).toString('base64url');
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ key: deviceKey, keyVersion })))
        .setProtectedHeader({ alg, enc: SEAL_ENCRYPTION, cty: 'application/json' })
        .encrypt(key);
    };
    return Promise.resolve({
      requirement: pskRequirementFrom(keyVersion),
      sealedTo: recipientIdOf(recipient),
      credentialId: `v${keyVersion}`,
      credential: async () => ({ sealed: await sealed() }),
    });
  },
});

const readKey = (jwk: RecipientJwk): KeyObject | undefined => {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
};
