import type { OperatorRole } from './operator-scope.ts';
import type { WriteOutcome } from './ports.ts';

/** How long somebody else has to agree. */
export const PROPOSAL_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** What an operation would do to what: the same for whoever asks for the same. */
export interface ProposalKey {
  /** e.g. `devices.revoke` */
  readonly operation: string;
  /** SHA-256 of the input in its canonical spelling, in hexadecimal digits. */
  readonly inputDigest: string;
}

/** What the first of two people wants done. */
export interface Proposal extends ProposalKey {
  /** Unique; a proposal for the same thing made again has another. */
  readonly id: string;
  /** Who: an ARN. */
  readonly by: string;
  readonly role: OperatorRole;
  /** Milliseconds since the epoch; from then on it is void. */
  readonly until: number;
  /** Who agreed and is doing it: an ARN. */
  readonly agreedBy?: string;
}

/** Where proposals wait. Every write is conditional on what was read. */
export interface ProposalStore {
  read(key: ProposalKey): Promise<Proposal | undefined>;
  /** Writes a proposal where there is none, or none that is valid at `now` (milliseconds since the epoch). */
  propose(proposal: Proposal, now: number): Promise<WriteOutcome>;
  /** Says who does what was proposed: one person, who may say so again. */
  agree(proposal: Proposal, arn: string): Promise<WriteOutcome>;
  /** Forgets a proposal, if it is still this one. */
  settle(proposal: Proposal): Promise<void>;
}

/** Somebody in a role. */
export interface Principal {
  readonly arn: string;
  readonly role: OperatorRole;
}

/** Whether these two may do together what takes two: two people, in two roles. */
export const areTwo = (one: Principal, other: Principal): boolean => one.role !== other.role && !areOnePerson(one.arn, other.arn);

// arn:aws:sts::<account>:assumed-role/<role>/<session>
const SESSION = /^arn:[a-z-]+:sts::\d{12}:assumed-role\/[^/]+\/(?<session>.+)$/;

/**
 * Whether two ARNs are of one person: the same ARN, or two roles assumed under one session name. IAM Identity Center names
 * sessions after the user, so that somebody with two roles is still one person.
 */
export const areOnePerson = (one: string, other: string): boolean => {
  const session = SESSION.exec(one)?.groups?.['session'];
  return one === other || (session !== undefined && session === SESSION.exec(other)?.groups?.['session']);
};
