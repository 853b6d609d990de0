import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import type { KeyObject } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import type { CertificationRequest } from '@peculiar/asn1-csr';
import { AlgorithmProvider } from '@peculiar/x509';
import * as z from 'zod';

/** What AWS IoT accepts in signatures (DG:x509-client-certs); DSA left out, because no DSA key is accepted. */
const acceptedAlgorithm = z.object({
  name: z.enum(['ECDSA', 'RSASSA-PKCS1-v1_5', 'RSA-PSS']),
  hash: z.object({ name: z.enum(['SHA-256', 'SHA-384', 'SHA-512']) }),
});

const keyTypes = { ECDSA: ['ec'], 'RSASSA-PKCS1-v1_5': ['rsa'], 'RSA-PSS': ['rsa', 'rsa-pss'] };

const algorithmProvider = new AlgorithmProvider();

const objection = (request: CertificationRequest, publicKey: KeyObject): string | undefined => {
  const algorithm = acceptedAlgorithm.safeParse(algorithmProvider.toWebAlgorithm(request.signatureAlgorithm)).data;
  if (algorithm === undefined) return 'the signature algorithm is none of SHA-256, SHA-384 or SHA-512 with RSA or ECDSA';
  const { name, hash } = algorithm;
  const signed = Buffer.from(request.certificationRequestInfoRaw ?? new ArrayBuffer(0));
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  const key = name === 'RSA-PSS' ? { key: publicKey, ...pss } : publicKey;
  const mayBeItsKey = keyTypes[name].includes(publicKey.asymmetricKeyType ?? '');
  const isItsSignature = mayBeItsKey && verify(hash.name, signed, key, Buffer.from(request.signature));
  return isItsSignature ? undefined : 'its signature is not that of its key';
};

/** Why AWS IoT refuses the signature of a request that shows that key, or undefined when it does not. */
export const signatureObjection = (request: CertificationRequest, publicKey: KeyObject): string | undefined => {
  try {
    return objection(request, publicKey);
  } catch {
    // Parameters that are none, or an ECDSA signature that is none, make the libraries throw instead of answering.
    return 'its signature cannot be checked';
  }
};
