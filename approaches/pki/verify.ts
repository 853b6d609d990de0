import { createHash, createHmac, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { Verification } from '../../domain/verification.ts';
import type { CertificatePresentation, VerifyCertificate } from '../../domain/admission/certificate-presentation.ts';
import { CODE_USED_BY } from '../../domain/enroller.ts';
import type { KeyDigest } from '../../domain/identifiers.ts';
import { keyDigestOf } from '../../domain/key-digest.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { type PkiEvidence, readPkiEvidence } from './evidence.ts';
import { isAcceptableKey } from './evidence/acceptable-key.ts';
import { bindingOf, type EvidenceKind } from './evidence/binding.ts';
import { type Expiry, expiryOf } from './evidence/expiry.ts';
import { type PkiRequirement, readPkiRequirement } from './evidence/requirement.ts';
import type { SigningRequests } from '../../domain/issuance/signing-requests.ts';
import { foresee } from './verify/foresight.ts';
import { identifyCertificate, readSigningRequest } from './verify/signing-request.ts';
import { isVouchedFor } from './verify/vendor-certificate.ts';

/** How requests of devices with certificates are read where an authority of one's own signs. */
export const signingRequests: SigningRequests = { read: readSigningRequest, foresee, identify: identifyCertificate };

export { serialNumberIn, verifyIntroduction } from './verify/introduction.ts';
export { recoveryProofs } from './verify/recovery.ts';
export { renewalByCertificate } from './verify/renewal.ts';

/**
 * Proves a device by the public key of the certificate issued for its CSR, and by the evidence that its enrollment asks for.
 * Evidence of any other kind is refused, too: a device that sends it is not the one that was enrolled.
 */
export const verify: VerifyCertificate = (presentation, requirement) => {
  const required = readPkiRequirement(requirement);
  const evidence = readPkiEvidence(presentation.evidence);
  if (required === undefined || evidence === undefined) return refused('evidence-refused');
  const certificate = certificateOf(presentation.certificatePem);
  if (certificate === undefined || !isAcceptableKey(certificate.key)) return refused('unacceptable-key');
  const { key, ...expiry } = certificate;
  const digest = keyDigestOf(key.export({ type: 'spki', format: 'der' }));
  const reason = refusalOf(required, evidence, { ...presentation, key: digest });
  if (reason !== undefined) return refused(reason);
  const accepted = { accepted: true, key: digest, attestation: required.attestation, ...expiry } as const;
  return isFirstUse(required) ? { ...accepted, requirement: { ...requirement, [CODE_USED_BY]: digest } } : accepted;
};

const refused = (reason: ReasonCode): Verification => ({ accepted: false, reason });

const certificateOf = (pem: string): ({ readonly key: KeyObject } & Expiry) | undefined => {
  try {
    const certificate = new X509Certificate(pem);
    return { key: certificate.publicKey, ...expiryOf(certificate) };
  } catch {
    return undefined;
  }
};

type Presented = CertificatePresentation & { readonly key: KeyDigest };

const refusalOf = (required: PkiRequirement, evidence: PkiEvidence, presented: Presented): ReasonCode | undefined => {
  switch (required.attestation) {
    case 'serial-only':
      return evidence.kind === undefined ? undefined : 'evidence-refused';
    case 'pinned-key':
      if (evidence.kind !== undefined) return 'evidence-refused';
      return required.pinnedKey === presented.key ? undefined : 'not-the-pinned-key';
    case 'enrollment-code':
      if (!isMac(evidence, presented, { kind: required.attestation, secret: required.codeKey })) return 'evidence-refused';
      return [undefined, presented.key].includes(required.codeUsedBy) ? undefined : 'code-already-used';
    case 'device-secret':
      return isMac(evidence, presented, { kind: required.attestation, secret: required.deviceSecret }) ? undefined : 'evidence-refused';
    case 'vendor-certificate':
      return evidence.kind === required.attestation && isVouched(evidence, required, presented) ? undefined : 'evidence-refused';
  }
};

const isFirstUse = (required: PkiRequirement): boolean => required.attestation === 'enrollment-code' && required.codeUsedBy === undefined;

/** What a MAC must have been made with. */
interface Shared {
  readonly kind: Extract<EvidenceKind, 'enrollment-code' | 'device-secret'>;
  readonly secret: string;
}

const isMac = (evidence: PkiEvidence, presented: Presented, { kind, secret }: Shared): boolean => {
  if (evidence.kind !== kind) return false;
  const expected = createHmac('sha256', Buffer.from(secret, 'base64url')).update(bindingOf(kind, presented)).digest();
  return isSame(expected, Buffer.from(evidence.mac, 'base64url'));
};

// Digests have one length, whatever was sent, and comparing them tells nothing of the secret by the time it takes.
const isSame = (one: Buffer, other: Buffer): boolean => timingSafeEqual(sha256(one), sha256(other));

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const isVouched = (
  evidence: Extract<PkiEvidence, { kind: 'vendor-certificate' }>,
  required: Extract<PkiRequirement, { attestation: 'vendor-certificate' }>,
  presented: Presented,
): boolean => {
  const { at, serialNumber } = presented;
  try {
    return isVouchedFor(evidence, required, { at, serialNumber, binding: bindingOf(evidence.kind, presented) });
  } catch {
    return false; // what OpenSSL makes of a stranger's certificate is never more than a refusal
  }
};
