import { createPublicKey } from 'node:crypto';
import type { Enroller, EnrollmentMistake, ReadNamedFile, Requirement } from '../../domain/enroller.ts';
import { keyDigestOf } from '../../domain/key-digest.ts';
import { type PkiRequirement, readPkiRequirement } from './evidence.ts';

const PINNED_KEY = 'pinned_key';
const PEM = /-----BEGIN [A-Z0-9 ]+-----/;
const PRIVATE_KEY = 'PRIVATE KEY-----';

/** Devices with a key: any key at the first time, or one that the manufacturer has told. */
export const enrollPki: Enroller = {
  fields: [PINNED_KEY],
  requirementOf: async (fields, readFile) => {
    const given = fields[PINNED_KEY]?.trim() ?? '';
    return given === '' ? {} : pin(given, readFile);
  },
};

const pin = async (given: string, readFile: ReadNamedFile): Promise<Requirement | EnrollmentMistake> => {
  const digest = readPkiRequirement({ pinnedKey: given.toLowerCase() })?.pinnedKey;
  if (digest !== undefined) return requirement({ pinnedKey: digest });
  const pem = PEM.test(given) ? given : await readFile(given);
  if (pem === undefined) return mistake(`"${shortened(given)}", which is no digest and no file`);
  if (pem.includes(PRIVATE_KEY)) return mistake('a private key, which must never leave its device');
  return pinPem(pem);
};

const pinPem = (pem: string): Requirement | EnrollmentMistake => {
  try {
    return requirement({ pinnedKey: keyDigestOf(createPublicKey(pem).export({ type: 'spki', format: 'der' })) });
  } catch {
    return mistake('PEM that holds neither a public key nor a certificate');
  }
};

const requirement = (pinned: Required<PkiRequirement>): Requirement => pinned;

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const mistake = (got: string): EnrollmentMistake => ({
  what: PINNED_KEY,
  got,
  allowed:
    'the SHA-256 of the public key (SubjectPublicKeyInfo) in 64 hexadecimal digits, or a public key or certificate in PEM, or a file that holds one',
  fix: 'give the digest, or leave the field empty to accept the key that comes first',
});
