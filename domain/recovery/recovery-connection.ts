import { createHash } from 'node:crypto';
import type { Claim } from '../claim.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, ClaimName } from '../identifiers.ts';

/** What names the authorizer, behind the deployment's prefix. */
export const RECOVERY = 'recovery';

/** So many knocks are judged at a time: whoever floods this door leaves the account's other functions their share. */
export const RECOVERY_CONCURRENCY = 5;

/** How long a connection lasts that a ticket opened: the shortest that AWS IoT takes. */
export const RECOVERY_CONNECTION_S = 300;

/**
 * What AWS IoT is told to call a connection that a ticket opened: SHA-256, in hexadecimal digits, of a text with its client id. It has the
 * form of a certificate's id, since it stands where that of a claim would: as `claimCertificateId` before the hook.
 */
export const recoveryPrincipalOf = (clientId: string): CertificateId =>
  // A digest has the form of a certificate id by its making.
  createHash('sha256').update(`recovery#${clientId}`, 'utf8').digest('hex') as CertificateId;

const NAME_DIGITS = 16;

/** The claim that such a connection is: for one serial, as long as the connection. */
export const recoveryClaimOf = (
  { line, serialNumber }: Pick<Enrollment, 'line' | 'serialNumber'>,
  { clientId, at }: { readonly clientId: string; readonly at: number },
): Claim => {
  const certificateId = recoveryPrincipalOf(clientId);
  return {
    // A name of letters, digits and a dash, by its making.
    name: `${RECOVERY}-${certificateId.slice(0, NAME_DIGITS)}` as ClaimName,
    ...{ line, certificateId, state: 'open', opensAt: at, expiresAt: at + RECOVERY_CONNECTION_S * 1_000, quota: 1, admitted: 0 },
    range: { from: serialNumber, to: serialNumber },
  };
};
