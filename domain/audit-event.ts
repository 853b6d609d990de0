import type { ApproachName, CertificateId, ClaimName, KeyDigest, LineName, TenantName, ThingName, VendorCaId } from './identifiers.ts';
import type { ImportCounts } from './import-counts.ts';
import type { ReasonCode } from './reason-code.ts';
import type { FindingKind } from './reconciliation/finding-kind.ts';
import type { RotationId } from './rotation/rotation.ts';
import type { SerialNumber } from './serial-number.ts';

/** Everything that can be on record about an identity. A code never changes its meaning; a new meaning gets a new code. */
export const auditCodes = [
  'claim.created',
  'claim.rotated',
  'claim.closed',
  'manufacturer.registered',
  'manufacturer.removed',
  'vendor-ca.trusted',
  'vendor-ca.distrusted',
  'manifest.imported',
  'device.registered',
  'admission.granted',
  'admission.held',
  'admission.refused',
  'device.contested',
  'device.approved',
  'device.confirmed',
  'device.readmitted',
  'device.resolved',
  'device.recovery-opened',
  'device.recovery-used',
  'device.clone-suspected',
  'device.publishes-refused',
  'device.quarantined',
  'device.released',
  'device.revoked',
  'device.transferred',
  'device.transferred-with-proof',
  'device.decommissioned',
  'connection.granted',
  'connection.restricted',
  'connection.refused',
  'device-key.issued',
  'device.activated',
  'certificate.issued',
  'certificate.refused',
  'certificate.retired',
  'rotation.started',
  'rotation.offered',
  'rotation.refused',
  'rotation.completed',
  'rotation.withdrawn',
  'rotation.demanded',
  'rotation.halted',
  'rotation.resumed',
  'reconciliation.found',
  'reconciliation.repaired',
  'defender.found',
  'defender.suppressed',
  'defender.unsuppressed',
  'operation.proposed',
  'operation.refused',
  'address.shown',
  'decisions.lost',
  'events.lost',
  'presence.connected',
  'presence.disconnected',
  'aws.called',
  'iot.logged',
] as const;

export type AuditCode = (typeof auditCodes)[number];

/** Who caused it: a device by its evidence, an operator by their IAM identity, or Muster itself. */
export type Actor =
  | { readonly kind: 'device' }
  | { readonly kind: 'operator'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };

/**
 * One decision or change in the life of an identity (NIST SP 800-53 AU-3: what, when, where, source, outcome, identity).
 * No field can hold a secret: every one is an identifier, a digest, a time, a count, a code or an operator's own words.
 */
export interface AuditEvent {
  readonly schemaVersion: 1;
  /** Unique; a redelivery or re-emission carries the same. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly code: AuditCode;
  readonly actor: Actor;
  readonly reason?: ReasonCode;
  /** The client id of the claim connection that began it all; of an authorizer's decision, AWS IoT's id of the connection. */
  readonly correlationId?: string;
  readonly line?: LineName;
  readonly tenant?: TenantName;
  /** Whom it belonged to before, where an event gives it to another tenant. */
  readonly formerTenant?: TenantName;
  readonly approach?: ApproachName;
  readonly serialNumber?: SerialNumber;
  readonly thingName?: ThingName;
  readonly certificateId?: CertificateId;
  readonly keyDigest?: KeyDigest;
  /** The key that the serial is bound to, where an event is about another. */
  readonly boundKeyDigest?: KeyDigest;
  /** What names the credential of a device that has no certificate: the version of its key, or the id of its key or token. */
  readonly credentialId?: string;
  /** Where a connection came from: HMAC-SHA-256 of the address under a salt of its own, which is forgotten after 90 days. */
  readonly addressDigest?: string;
  /** The operation of the command line, e.g. `devices.revoke`; of what AWS tells, its own word: the API call, or the kind of log entry. */
  readonly operation?: string;
  /** Whose API was called, as AWS names it, e.g. `iot.amazonaws.com`. */
  readonly awsService?: string;
  /** What a call was about: an ARN, or a name where AWS tells no ARN. */
  readonly resource?: string;
  /** Why, in a word of AWS's: the error of a call, the reason of a disconnect or of a log entry. */
  readonly awsReason?: string;
  /** The scope that the operator acted in. */
  readonly scope?: string;
  /** The first of two people, where an operation takes two: an ARN. */
  readonly proposedBy?: string;
  /** Why, in the operator's own words. */
  readonly note?: string;
  readonly manufacturer?: string;
  /** The manufacturer's key, or the one that device keys were encrypted to: its JWK thumbprint (RFC 7638). */
  readonly kid?: string;
  /** SHA-256 of the manifest file in hexadecimal digits. */
  readonly manifest?: string;
  /** What came of a manifest's rows, as whoever imported it counted. */
  readonly counts?: ImportCounts;
  /** The CA whose certificate a device registered itself with. */
  readonly vendorCaId?: VendorCaId;
  readonly claim?: ClaimName;
  readonly claimCertificateId?: CertificateId;
  /** How many refusals of the same instance before this one were left out, because a flood made too many. */
  readonly leftOut?: number;
  /** How many of what AWS counted are not in history. */
  readonly lost?: number;
  /** The rotation of a credential that it is a step of. */
  readonly rotation?: RotationId;
  /** Of reconciliation: what is not as it should be, or was not. */
  readonly finding?: FindingKind;
  /** When what was done ends by itself: milliseconds since the epoch. */
  readonly until?: number;
  /** Up to when nothing was lost: milliseconds since the epoch. */
  readonly since?: number;
}

/** How an event stands in a log: one line of JSON under one key, so that a filter finds events and nothing else. */
export const auditLine = (event: AuditEvent): string => JSON.stringify({ auditEvent: event });
