import { createPublicKey } from 'node:crypto';
import type { EnrollmentMistake, Requirement } from '../../../domain/enroller.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { isAcceptableKey } from '../evidence/acceptable-key.ts';
import { readPkiRequirement } from '../evidence/requirement.ts';
import type { ReadColumn } from './column.ts';
import { readPem } from './pem.ts';

/** A key by its digest, its public half, or a certificate that was made for it. */
export const readPinnedKey: ReadColumn = async (given, { readFile }) => {
  const pinned = { pinnedKey: given.toLowerCase() };
  if (readPkiRequirement(pinned) !== undefined) return pinned;
  const read = await readPem(given, readFile);
  return 'got' in read ? mistake(read.got) : pin(read.pem);
};

const pin = (pem: string): Requirement | EnrollmentMistake => {
  try {
    const key = createPublicKey(pem);
    if (!isAcceptableKey(key)) return mistake('a key that no device is let in with');
    return { pinnedKey: keyDigestOf(key.export({ type: 'spki', format: 'der' })) };
  } catch {
    return mistake('PEM that holds neither a public key nor a certificate');
  }
};

const mistake = (got: string): EnrollmentMistake => ({
  what: 'pinned_key',
  got,
  allowed:
    'the SHA-256 of the public key (SubjectPublicKeyInfo) in 64 hexadecimal digits, or a public key (P-256, P-384, RSA of 2048 bits or more) or certificate in PEM, or a file that holds one',
  fix: 'give the digest, or leave the field empty to accept the key that comes first',
});
