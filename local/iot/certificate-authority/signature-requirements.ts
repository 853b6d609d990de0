import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import type { KeyObject } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { AlgorithmProvider } from '@peculiar/x509';
import * as z from 'zod';

/** What a request or a certificate consists of, for whoever checks its signature. */
export interface SignedStructure {
  readonly algorithm: AlgorithmIdentifier;
  /** The bytes that were signed, as they arrived. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** What AWS IoT accepts in signatures (DG:x509-client-certs); DSA left out, because no DSA key is accepted. */
const acceptedAlgorithm = z.object({
  name: z.enum(['ECDSA', 'RSASSA-PKCS1-v1_5', 'RSA-PSS']),
  hash: z.object({ name: z.enum(['SHA-256', 'SHA-384', 'SHA-512']) }),
});

type AcceptedAlgorithm = z.output<typeof acceptedAlgorithm>;

const keyTypes = { ECDSA: ['ec'], 'RSASSA-PKCS1-v1_5': ['rsa'], 'RSA-PSS': ['rsa', 'rsa-pss'] };

const algorithmProvider = new AlgorithmProvider();

const otherAlgorithm = 'a signature algorithm that is none of SHA-256, SHA-384 or SHA-512 with RSA or ECDSA';

const uncheckable = 'a signature that cannot be checked';

const isSignatureOf = ({ name, hash }: AcceptedAlgorithm, { signed, signature }: SignedStructure, publicKey: KeyObject): boolean => {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  const key = name === 'RSA-PSS' ? { key: publicKey, ...pss } : publicKey;
  const mayBeItsKey = keyTypes[name].includes(publicKey.asymmetricKeyType ?? '');
  return mayBeItsKey && verify(hash.name, signed, key, signature);
};

// Parameters that are none, or an ECDSA signature that is none, make the libraries throw instead of answering.
const readAlgorithm = ({ algorithm }: SignedStructure): AcceptedAlgorithm | undefined => {
  try {
    return acceptedAlgorithm.safeParse(algorithmProvider.toWebAlgorithm(algorithm)).data;
  } catch {
    return undefined;
  }
};

/** Why AWS IoT refuses how something was signed, whoever signed it, or undefined when it does not. */
export const algorithmObjection = (structure: SignedStructure): string | undefined =>
  readAlgorithm(structure) === undefined ? otherAlgorithm : undefined;

/** Why AWS IoT does not take a signature for one of that key, or undefined when it does. */
export const signatureObjection = (structure: SignedStructure, publicKey: KeyObject): string | undefined => {
  const algorithm = readAlgorithm(structure);
  if (algorithm === undefined) return otherAlgorithm;
  try {
    return isSignatureOf(algorithm, structure, publicKey) ? undefined : "a signature that is not its signer's";
  } catch {
    return uncheckable;
  }
};
