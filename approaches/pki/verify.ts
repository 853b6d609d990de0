import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Verification } from '../../domain/admission.ts';
import type { VerifyCertificate } from '../../domain/certificate-presentation.ts';
import { keyDigestOf } from '../../domain/key-digest.ts';
import { readPkiEvidence, readPkiRequirement } from './evidence.ts';

const MIN_RSA_BITS = 2048;
/** P-256 and P-384, by the names that OpenSSL gives them. */
const CURVES = ['prime256v1', 'secp384r1'];

/** Proves a device by the public key of the certificate issued for its CSR; an enrollment may pin that key in advance. */
export const verify: VerifyCertificate = ({ certificatePem, evidence }, requirement) => {
  const required = readPkiRequirement(requirement);
  if (required === undefined) return refused('evidence-refused');
  if (evidence !== undefined && readPkiEvidence(evidence) === undefined) return refused('evidence-refused');
  const key = publicKeyOf(certificatePem);
  if (key === undefined || !isAcceptable(key)) return refused('unacceptable-key');
  const digest = keyDigestOf(key.export({ type: 'spki', format: 'der' }));
  const isPinnedElsewhere = required.pinnedKey !== undefined && required.pinnedKey !== digest;
  if (isPinnedElsewhere) return refused('not-the-pinned-key');
  return { accepted: true, key: digest, attestation: required.pinnedKey === undefined ? 'serial-only' : 'pinned-key' };
};

const refused = (reason: 'evidence-refused' | 'unacceptable-key' | 'not-the-pinned-key'): Verification => ({ accepted: false, reason });

const publicKeyOf = (certificatePem: string): KeyObject | undefined => {
  try {
    return new X509Certificate(certificatePem).publicKey;
  } catch {
    return undefined;
  }
};

// RSA-PSS keys, Edwards curves, P-521 and curves given by explicit parameters are none of these.
const isAcceptable = (key: KeyObject): boolean => {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') return namedCurve !== undefined && CURVES.includes(namedCurve);
  return key.asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= MIN_RSA_BITS;
};
