import { refusalOfEnrollment, refusalOfState } from '../admission/device-judgement.ts';
import type { Enrollment } from '../enrollment.ts';
import { type EnrollmentState, enrollmentStates } from '../enrollment-state.ts';
import type { LineName, ThingName } from '../identifiers.ts';
import type { AcceptedProof } from './last-proof.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { SerialNumber } from '../serial-number.ts';

/** A proof that is to be accepted, and for whom. */
export interface OfferedProof extends AcceptedProof {
  readonly thingName: ThingName;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly approach: string;
  /** False where its time is outside the window: then it counts only as the one that was accepted on this connection before. */
  readonly isTimely: boolean;
}

const TIME_DIGITS = 15;
const COUNTER_DIGITS = 10;

/** Text that sorts as (time, counter) does. @throws RangeError for what is no time in milliseconds or no 32-bit counter. */
export const proofMark = (atMs: number, counter: number): string => {
  if (!isWithin(atMs, 10 ** TIME_DIGITS) || !isWithin(counter, 2 ** 32)) throw new RangeError('A proof has a time and a counter.');
  return `${String(atMs).padStart(TIME_DIGITS, '0')}.${String(counter).padStart(COUNTER_DIGITS, '0')}`;
};

/** When a proof was made, by its mark, in milliseconds since the epoch. */
export const timeOfMark = (mark: string): number => Number(mark.slice(0, TIME_DIGITS));

const isWithin = (value: number, limit: number): boolean => Number.isInteger(value) && value >= 0 && value < limit;

const isTaken = (barred: ReasonCode | undefined): boolean => barred === undefined || barred === 'quarantined';

/** The states in which a device is heard at all. */
export const statesThatTakeProofs: readonly EnrollmentState[] = enrollmentStates.filter((state) => isTaken(refusalOfState(state)));

/**
 * Why an enrollment does not take a proof, or `undefined` when it does. A quarantined device is taken: what it may then do is
 * another question. The store asks the same in the condition of its write.
 */
export const refusalOfProof = (enrollment: Enrollment, offered: OfferedProof): ReasonCode | undefined => {
  const barred = refusalOfEnrollment(enrollment, offered);
  if (!isTaken(barred)) return barred;
  const { lastProof, firstKeyVersion = 0 } = enrollment;
  if (offered.keyVersion < firstKeyVersion) return 'superseded-key';
  if (lastProof?.mark === offered.mark && lastProof.connectionId === offered.connectionId) return undefined;
  if (!offered.isTimely) return 'proof-outside-its-time';
  if (lastProof === undefined) return undefined;
  if (offered.mark <= lastProof.mark) return 'proof-replayed';
  // Who has shown a newer key has no more use for an older one; somebody else may.
  return offered.keyVersion < lastProof.keyVersion ? 'superseded-key' : undefined;
};

/** The enrollment with a proof on it. */
export const withProof = (enrollment: Enrollment, { mark, connectionId, keyVersion }: AcceptedProof): Enrollment => ({
  ...enrollment,
  version: enrollment.version + 1,
  lastProof: { mark, connectionId, keyVersion },
});
