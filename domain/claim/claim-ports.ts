import type { AuditEvent } from '../audit-event.ts';
import type { Claim } from '../claim.ts';
import type { CertificateId, ClaimName, KeyDigest, LineName } from '../identifiers.ts';
import type { WriteOutcome } from '../ports.ts';
import type { RefusalClass } from '../refusal-class.ts';

/** What stands under a claim's name: it makes names unique, and lists claims without a scan. */
export interface ClaimEntry {
  readonly name: ClaimName;
  readonly line: LineName;
  /** From the first to the last; each rotation adds one. */
  readonly certificates: readonly CertificateId[];
  /** Of the last request for a certificate: the same request again is the same claim. */
  readonly key: KeyDigest;
  /** True when all of its certificates are closed. */
  readonly isClosed: boolean;
}

export interface ClaimPage {
  readonly entries: readonly ClaimEntry[];
  /** Where the next page begins; none after the last. */
  readonly next?: ClaimName;
}

export interface ClaimRotation {
  /** The entry as it was read. */
  readonly entry: ClaimEntry;
  readonly next: Claim;
  readonly key: KeyDigest;
  /** Until when the certificate before may still be used: milliseconds since the epoch. */
  readonly overlapUntil: number;
}

/** Where claims are kept for the people who run them; the hook reads the same items. */
export interface ClaimStore {
  /** Writes claim and entry together; `conflict` when the name or the certificate is taken. */
  create(claim: Claim, key: KeyDigest): Promise<WriteOutcome>;
  /** Adds a certificate and shortens the life of the one before, together; `conflict` when the entry is no longer what was read. */
  rotate(rotation: ClaimRotation): Promise<WriteOutcome>;
  entryOf(name: ClaimName): Promise<ClaimEntry | undefined>;
  /** In the order of their names. */
  list(page: { readonly after?: ClaimName; readonly limit: number; readonly onlyOpen: boolean }): Promise<ClaimPage>;
  /** Those that there are, in the order asked for. Strongly consistent. */
  readClaims(certificates: readonly CertificateId[]): Promise<readonly Claim[]>;
  /** Closes for good: from then on every admission refuses. The claim as it is then, with the event of its first closing. */
  close(claim: Claim, event: AuditEvent): Promise<Claim>;
  /** Takes note that all certificates of a name are closed. */
  markClosed(name: ClaimName): Promise<void>;
}

/** A connection that was seen under a claim certificate. */
export interface ClaimConnection {
  readonly certificateId: CertificateId;
  readonly clientId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of the peer, as AWS IoT reports it. */
  readonly address?: string;
}

/** The connections that were seen under claim certificates; kept for ninety days. */
export interface ClaimConnections {
  record(connections: readonly ClaimConnection[]): Promise<void>;
  /** Of one certificate from a time on, the latest first. */
  since(certificate: CertificateId, ms: number): AsyncIterable<ClaimConnection>;
  /** The address behind a client id at about that time; `undefined` when it was not seen. */
  addressOf(certificate: CertificateId, clientId: string, at: number): Promise<string | undefined>;
}

/** Ends connections at AWS IoT. */
export interface ConnectionEnding {
  /** `gone` when there was none. */
  end(clientId: string): Promise<'ended' | 'gone'>;
}

/** The alarms that a claim has for as long as it is open. Both succeed when it is already so. */
export interface ClaimAlarms {
  put(name: ClaimName): Promise<void>;
  remove(name: ClaimName): Promise<void>;
}

/** How often devices that came by a claim were refused, by what the refusals say of it. */
export type ClaimRefusals = Readonly<Record<RefusalClass, number>>;

/** Counts what devices did with claims, from the metrics of the audit log. */
export interface ClaimUse {
  /** From a time on, by claim; a claim that nobody was refused under may be left out. */
  refusalsSince(
    names: readonly ClaimName[],
    window: { readonly from: number; readonly to: number },
  ): Promise<ReadonlyMap<ClaimName, ClaimRefusals>>;
}

/** How much of a claim is left. */
export interface ClaimRemainder {
  readonly name: ClaimName;
  readonly quotaUsedPercent: number;
  /** Until it expires; a part of a day counts as that part. */
  readonly daysLeft: number;
}

/** Tells how much of claims is used up, and how long they last. */
export interface ClaimGauge {
  tell(uses: readonly ClaimRemainder[]): Promise<void>;
}

/** The claims of five minutes that AWS IoT makes for whoever may ask for them ("provisioning by trusted user"). */
export interface FieldClaims {
  /** The only time that the private key is given out. */
  create(
    templateName: string,
  ): Promise<{ readonly certificateId: CertificateId; readonly certificatePem: string; readonly privateKeyPem: string }>;
}
