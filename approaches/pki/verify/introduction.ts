import { createHash, X509Certificate } from 'node:crypto';
import type { VerifyIntroduction } from '../../../domain/admission/certificate-presentation.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { Attestation } from '../../../domain/attestation.ts';
import type { Verification } from '../../../domain/verification.ts';
import {
  type ChainCertificate,
  deviceNamedBy,
  isEndEntity,
  isValidAt,
  mayIssue,
  readChainCertificate,
} from '../evidence/chain-certificate.ts';
import { expiryOf } from '../evidence/expiry.ts';
import { type PkiRequirement, readPkiRequirement } from '../evidence/requirement.ts';
import { leadsTo } from './vendor-certificate.ts';

interface Introduced {
  readonly at: number;
  readonly serialNumber: string;
  readonly leaf: ChainCertificate;
  readonly issuers: readonly ChainCertificate[];
  readonly isVendorTrusted: boolean;
}

/**
 * Proves a device by the certificate that it has from its maker, which takes the place of a claim and of evidence. What it
 * cannot show in this way, a code or a secret, is not proven.
 */
export const verifyIntroduction: VerifyIntroduction = ({ at, serialNumber, chainPem, isVendorTrusted }, requirement) => {
  const required = readPkiRequirement(requirement);
  const [leaf, ...issuers] = chainPem.map(certificateOf);
  const isComplete = issuers.every((issuer) => issuer !== undefined);
  if (required === undefined || leaf === undefined || !isComplete) return refused('evidence-refused');
  const introduced = { at, serialNumber, leaf, issuers, isVendorTrusted };
  if (![leaf, ...issuers].every((one) => isValidAt(one, at)) || !isEndEntity(leaf)) return refused('evidence-refused');
  if (isVendorTrusted && !isNamedByVendor(introduced)) return refused('evidence-refused');
  return judged(required, introduced);
};

/** The serial number that a certificate names its device by; `undefined` where it names none, or is none. */
export const serialNumberIn = (certificatePem: string): string | undefined => {
  const certificate = certificateOf(certificatePem);
  return certificate && deviceNamedBy(certificate);
};

const certificateOf = (pem: string): ChainCertificate | undefined => {
  try {
    return readChainCertificate(new X509Certificate(pem).raw);
  } catch {
    return undefined;
  }
};

const refused = (reason: ReasonCode): Verification => ({ accepted: false, reason });

const judged = (required: PkiRequirement, introduced: Introduced): Verification => {
  const { leaf, isVendorTrusted } = introduced;
  const key = keyDigestOf(leaf.x509.publicKey.export({ type: 'spki', format: 'der' }));
  const accepted = (attestation: Attestation): Verification => ({ accepted: true, key, attestation, ...expiryOf(leaf.x509) });
  switch (required.attestation) {
    case 'serial-only':
      return isVendorTrusted ? accepted('vendor-certificate') : refused('evidence-refused');
    case 'pinned-key':
      if (required.pinnedKey !== key) return refused('not-the-pinned-key');
      return accepted(isVendorTrusted ? 'vendor-certificate' : 'pinned-key');
    case 'vendor-certificate':
      return isVouchedFor(required, introduced) ? accepted('vendor-certificate') : refused('evidence-refused');
    case 'enrollment-code':
    case 'device-secret':
      return refused('evidence-refused');
  }
};

// AWS IoT has checked the signature, too, when it registered the certificate.
const isNamedByVendor = ({ leaf, issuers, serialNumber }: Introduced): boolean =>
  deviceNamedBy(leaf) === serialNumber && issuers.length > 0 && isIssuedInTurn([leaf, ...issuers]);

const isIssuedInTurn = (chain: readonly ChainCertificate[]): boolean =>
  chain.every(({ x509 }, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || (mayIssue(issuer, index) && x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey));
  });

type VendorRequirement = Extract<PkiRequirement, { attestation: 'vendor-certificate' }>;

// The anchor may be the CA itself or one above it, so each beginning of the chain may be the whole of it.
const isVouchedFor = (required: VendorRequirement, { leaf, issuers, serialNumber }: Introduced): boolean => {
  const { vendorCertificate } = required;
  if (vendorCertificate !== undefined && createHash('sha256').update(leaf.x509.raw).digest('hex') !== vendorCertificate) return false;
  if (deviceNamedBy(leaf) !== serialNumber) return false;
  const beginnings = [...issuers.map((_, index) => issuers.slice(0, index)), issuers];
  return beginnings.some((above) => above.every(mayIssue) && leadsTo(required, [leaf, ...above]));
};
