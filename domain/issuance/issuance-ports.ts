import type { Claim } from '../claim.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, ThingName } from '../identifiers.ts';
import type { CertificateTerms } from './certificate-terms.ts';

/** The certificate authority did not do what it was asked, or did something else. */
export class AuthorityError extends Error {
  override readonly name = 'AuthorityError';
  readonly code = 'ERR_AUTHORITY';
}

/** A certificate that is wanted of the own authority. */
export interface CertificateOrder {
  readonly csrPem: string;
  readonly terms: CertificateTerms;
  /** One to 36 characters; the same once more within five minutes is the same certificate. */
  readonly requestId: string;
}

/** The own certificate authority. */
export interface CertificateSigning {
  /**
   * The certificate in PEM, without its issuers. Rejects when `signal` aborts; whether it was issued is then unknown.
   * @throws AuthorityError
   */
  sign(order: CertificateOrder, signal?: AbortSignal): Promise<string>;
}

/**
 * Takes certificates back at the own authority, for whoever reads its list. AWS IoT does not: whoever takes one back changes its status
 * there first.
 */
export interface CertificateRevocation {
  /** Succeeds when that is already so, and for a certificate that somebody else issued. */
  revoke(certificatePem: string): Promise<void>;
}

/** A certificate that the own authority issued, and for whom. */
export interface IssuedByAuthority {
  readonly certificateId: CertificateId;
  readonly certificatePem: string;
  readonly thingName: ThingName;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** What the own authority issued and nobody has found in use yet: the authority itself cannot be asked for that. */
export interface IssuedCertificates {
  note(issued: IssuedByAuthority, signal?: AbortSignal): Promise<void>;
  /** Those issued before a time, the oldest first. */
  list(before: number, after: string | undefined): Promise<{ readonly rows: readonly IssuedByAuthority[]; readonly next?: string }>;
  /** Succeeds when it is gone already. */
  strikeOff(issued: IssuedByAuthority): Promise<void>;
}

/** What a decision about a certificate is made from; each read is consistent. */
export interface IssuanceRecords {
  claim(certificate: CertificateId, signal: AbortSignal): Promise<Claim | undefined>;
  /** Of this thing, or of one whose serial number is too easily taken for its. */
  enrollment(thing: ThingName, signal: AbortSignal): Promise<Enrollment | undefined>;
}

/** How many certificates may be issued for somebody in a time. */
export interface Allowance {
  /** Whom it is for. */
  readonly of: string;
  readonly kind: 'device' | 'claim';
  /** The time, by a name that no other has, e.g. `2026-11-20T12`. */
  readonly span: string;
  readonly limit: number;
  /** When nobody asks for it any more: milliseconds since the epoch. */
  readonly endsAt: number;
}

/** Counts certificates before they are issued. */
export interface IssuanceBudget {
  /** True where one more was allowed, and is counted now. */
  spend(allowance: Allowance, signal: AbortSignal): Promise<boolean>;
}
