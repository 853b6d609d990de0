import { X509Certificate } from 'node:crypto';
import { isAtLeast } from '../../../domain/attestation.ts';
import type { VerifyIntroduction } from '../../../domain/admission/certificate-presentation.ts';
import type { EnrollmentMistake } from '../../../domain/enroller.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import type { ImportRow } from '../../../domain/operations/devices-import.ts';
import { certificateIdOfDer } from '../../../domain/certificate-id.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a chain, the device's own first. */
export const chainIn = (pem: string): readonly string[] => pem.match(CERTIFICATE) ?? [];

/** What AWS IoT will call a certificate. */
export const idOfCertificate = (pem: string): CertificateId => certificateIdOfDer(new X509Certificate(pem).raw);

export interface AdvanceContext {
  readonly verify: VerifyIntroduction;
  readonly settings: LineSettings | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Why a device may not be let in by the certificate of its row, or `undefined` where it may, or has none. */
export const mistakeInAdvance = (row: ImportRow, { verify, settings, at }: AdvanceContext): EnrollmentMistake | undefined => {
  const { certificatePem, requirement, serialNumber } = row;
  if (certificatePem === undefined || settings === undefined) return undefined;
  if (settings.approval === 'operator')
    return mistake('a line where an operator approves every key', 'let the device come, and approve it; or change the line');
  const verification = verify({ at, serialNumber, chainPem: chainIn(certificatePem), isVendorTrusted: false }, requirement);
  if (!verification.accepted)
    return mistake(
      'a certificate that is not what the row asks of its device',
      'give pinned_key or vendor_ca, and the certificate that fits it',
    );
  return isAtLeast(verification.attestation, settings.attestation)
    ? undefined
    : mistake(
        `what proves less than the line demands (${settings.attestation})`,
        'give vendor_ca, and the certificate that it vouches for',
      );
};

const mistake = (got: string, fix: string): EnrollmentMistake => ({
  what: 'certificate',
  got,
  allowed: 'a valid certificate of the pinned key, or one that leads to the vendor CA and names the serial',
  fix,
});
