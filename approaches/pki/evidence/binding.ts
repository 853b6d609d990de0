import type { Attestation } from '../../../domain/attestation.ts';
import type { CertificateId, KeyDigest, LineName } from '../../../domain/identifiers.ts';
import { lengthPrefixed } from '../../../domain/length-prefixed.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';

/** What a device can prove with evidence of its own; the rest is proven by its CSR. */
export type EvidenceKind = Extract<Attestation, 'enrollment-code' | 'device-secret' | 'vendor-certificate'>;

/** The one occasion that evidence is good for. */
export interface Occasion {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  /** The key in the device's CSR. */
  readonly key: KeyDigest;
  /** The claim that the device came by. */
  readonly claimCertificateId: CertificateId;
}

/**
 * The bytes that every proof is made over: what it proves and in which version, line, serial number, the key in the CSR, and
 * the claim. Each part goes after its length (four bytes, big-endian), so no two occasions have the same bytes, and evidence
 * is worth nothing for another key, claim, line or serial number.
 */
export const bindingOf = (kind: EvidenceKind, { line, serialNumber, key, claimCertificateId }: Occasion): Buffer =>
  lengthPrefixed(['muster evidence v1', kind, line, serialNumber, key, claimCertificateId]);
