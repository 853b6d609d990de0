import type { AuditEvent } from '../audit-event.ts';
import type { CertificateId, LineName, ThingName } from '../identifiers.ts';
import type { SerialNumber } from '../serial-number.ts';
import type { FindingKind } from './finding-kind.ts';

/** What takes a finding away. Each may be repeated, and none takes away a credential that a device is let in by. */
export type Repair =
  /** Takes a certificate of the retire list out of use, and off the list. */
  | { readonly does: 'retire'; readonly certificate: CertificateId }
  /** The same for a device or key that was revoked: AWS IoT keeps the certificate, as revoked. */
  | { readonly does: 'revoke'; readonly certificate: CertificateId }
  | { readonly does: 'deactivate'; readonly certificate: CertificateId }
  /** Deletes one that is out of use and belongs to no thing. */
  | { readonly does: 'delete'; readonly certificate: CertificateId }
  /** Puts the thing into the quarantine group. */
  | { readonly does: 'quarantine' }
  /** Ends a rotation that came to nothing: what was given for it and never used is taken out of use. */
  | { readonly does: 'withdraw' }
  /** Puts the event on record again, under its own id. */
  | { readonly does: 'emit'; readonly event: AuditEvent };

/** Whom or what a finding is about. */
export interface FindingSubject {
  readonly line?: LineName;
  readonly serialNumber?: SerialNumber;
  readonly thingName?: ThingName;
  readonly certificateId?: CertificateId;
}

/** One thing that is not as it should be. */
export interface Finding {
  readonly kind: FindingKind;
  readonly about: FindingSubject;
  readonly got: string;
  readonly expected: string;
  /** What a person can do. */
  readonly fix: string;
  /** Only where it is safe without a person. */
  readonly repair?: Repair;
}
