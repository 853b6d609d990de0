import type { AuditEvent } from '../audit-event.ts';
import type { Claim } from '../claim.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, KeyDigest, LineName } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';

/** Who asked for a certificate, as far as it is known. */
export interface IssuanceAsked {
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The client id of the connection. */
  readonly clientId?: string | undefined;
  readonly principal?: CertificateId | undefined;
  readonly line?: LineName | undefined;
  readonly claim?: Claim | undefined;
  readonly enrollment?: Enrollment | undefined;
  readonly key?: KeyDigest | undefined;
}

/** The record of what came of a request for a certificate. */
export const issuanceEvent = (
  { eventId, at, clientId = 'unreadable', principal, line, claim, enrollment, key }: IssuanceAsked,
  outcome: { readonly certificateId: CertificateId } | { readonly reason: ReasonCode },
): AuditEvent => ({
  schemaVersion: 1,
  id: eventId,
  at,
  code: 'reason' in outcome ? 'certificate.refused' : 'certificate.issued',
  actor: { kind: 'device' },
  correlationId: clientId,
  ...outcome,
  ...(line === undefined ? {} : { line }),
  ...(claim === undefined ? {} : { claim: claim.name }),
  // A device that asks with its own certificate uses no claim.
  ...(principal === undefined || (claim === undefined && enrollment !== undefined) ? {} : { claimCertificateId: principal }),
  ...(key === undefined ? {} : { keyDigest: key }),
  ...(enrollment === undefined
    ? {}
    : {
        ...{ serialNumber: enrollment.serialNumber, thingName: enrollment.thingName },
        ...{ tenant: enrollment.tenant, approach: enrollment.approach },
      }),
});
