import { refusalOfEnrollment } from '../admission/device-judgement.ts';
import { principalOf } from '../connection/principal.ts';
import type { Enrollment, IssuedCertificate } from '../enrollment.ts';
import type { KeyDigest, LineName } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { SerialNumber } from '../serial-number.ts';
import type { RotationId } from './rotation.ts';

/** How many certificates one rotation may come to: a device that loses its new key before it uses it makes another. */
export const MAX_ROTATION_CERTIFICATES = 5;

/** Who asks for another credential, on a connection that AWS IoT vouches for. */
export interface RenewalRequest {
  readonly rotation: RotationId;
  /** What AWS IoT calls who is connected: the id of a certificate, or what an authorizer said. */
  readonly principal: string;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly approach: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Why a device gets no other credential, whatever its approach, or `undefined` when it may. */
export const refusalOfRenewal = (enrollment: Enrollment, request: RenewalRequest): ReasonCode | undefined => {
  const barred = refusalOfEnrollment(enrollment, request);
  if (barred !== undefined) return barred;
  const { rotation, state } = enrollment;
  if (state !== 'rotating' || rotation?.id !== request.rotation) return 'no-such-rotation';
  if (request.at >= rotation.until) return 'rotation-over';
  return isOwnCredential(enrollment, request.principal) ? undefined : 'not-the-credential-in-use';
};

// What the device was given by this rotation does not count: it must show what it had before.
const isOwnCredential = ({ certificates, boundKey, toRetire, thingName, rotation }: Enrollment, principal: string): boolean =>
  certificates.length === 0
    ? principal === principalOf(thingName)
    : certificates.some(
        ({ id, key, correlationId }) =>
          id === principal && key === boundKey && correlationId !== rotation?.id && !toRetire.some((retired) => retired === id),
      );

/**
 * - `issue`: the key may have a certificate
 * - `again`: it has one from this rotation, and the answer was lost
 */
export type CertificateRenewal =
  | { readonly ruling: 'issue' }
  | { readonly ruling: 'again'; readonly certificate: IssuedCertificate }
  | { readonly ruling: 'refuse'; readonly reason: ReasonCode };

/** Judges a request for a certificate by the key that it is for, once `refusalOfRenewal` has nothing against who asks. */
export const judgeCertificateRenewal = (
  { rotation, certificates, toRetire, boundKey, refusedKeys = [] }: Enrollment,
  key: KeyDigest,
  { sameKey }: { readonly sameKey: boolean },
): CertificateRenewal => {
  const ofThis = certificates.filter(({ correlationId }) => correlationId === rotation?.id);
  const certificate = ofThis.findLast((one) => one.key === key && !toRetire.includes(one.id));
  if (certificate !== undefined) return { ruling: 'again', certificate };
  if (refusedKeys.includes(key)) return { ruling: 'refuse', reason: 'refused-key' };
  if (key === boundKey && !sameKey) return { ruling: 'refuse', reason: 'key-not-new' };
  if (ofThis.length >= MAX_ROTATION_CERTIFICATES) return { ruling: 'refuse', reason: 'too-many-certificates' };
  return { ruling: 'issue' };
};
