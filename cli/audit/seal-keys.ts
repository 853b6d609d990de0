import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type SignedSeal, readSeal } from '../../domain/audit/seal.ts';
import { isSigned } from '../../domain/audit/verification/find-seal.ts';
import { CommandError } from '../command-error.ts';

/**
 * Reads the public key of a sealing function: P-256, in PEM.
 * @throws CommandError
 */
export const readSealKey = async (path: string): Promise<KeyObject> => sealKeyOf(await readText(path), path);

/** @throws CommandError where it is no key that signs seals; `place` names it. */
export const sealKeyOf = (pem: string, place: string): KeyObject => {
  const key = publicKeyOf(pem);
  if (key?.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  throw new CommandError(`${place} holds no key that signs seals; expected a public key on P-256, in PEM.`);
};

const publicKeyOf = (pem: string): KeyObject | undefined => {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
};

/**
 * Reads a seal that somebody kept.
 * @throws CommandError where it is none, or none of these keys has signed it.
 */
export const readWitness = async (path: string, keys: readonly KeyObject[]): Promise<SignedSeal> => {
  const seal = readSeal((await readText(path)).trimEnd());
  if (seal === undefined) throw new CommandError(`${path} holds no seal; expected one as it is stored, e.g. seals/000000000007.json.`);
  if (isSigned(seal, keys)) return seal;
  throw new CommandError(`${path} holds a seal that none of the keys has signed; give the key that did with --key.`);
};

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
