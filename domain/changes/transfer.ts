import { type Enrollment, without } from '../enrollment.ts';
import type { KeyDigest, TenantName } from '../identifiers.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

/** A record must stay small enough to be read with every connection. */
export const MAX_FORMER_OWNERS = 32;

/** What a device proves itself by once nothing counts any more that its former owner may have copied. */
export interface Succession {
  /** Its keys are those from this version on, which nobody has had yet; as before where there were none. */
  readonly firstKeyVersion?: number;
}

export interface TransferWishes {
  readonly to: TenantName;
  /** True where it goes on proving itself by what it did, and so does whoever has a copy of that. */
  readonly keepsProof: boolean;
  /** What follows on that otherwise; none where an operator must say it. */
  readonly succession: Succession | undefined;
  /** The keys that what it proved itself by names. */
  readonly namedKeys: readonly KeyDigest[];
}

/**
 * Gives a device to another tenant. It is as if nobody had seen it: it must come in again by its line's policy, and until nothing is
 * left of what it could do for the former owner it may not. Only the chain of its owners stays, and grows.
 */
export const transfer = (enrollment: Enrollment, stamp: ChangeStamp, wishes: TransferWishes): Change => {
  const { tenant, state, formerOwners = [], certificates } = enrollment;
  const { to, keepsProof } = wishes;
  if (tenant === to) return unchanged;
  if (state === 'quarantined') return impossible('The device is quarantined. Release it first, or decommission it.');
  if (formerOwners.length >= MAX_FORMER_OWNERS)
    return impossible(`The device has had ${MAX_FORMER_OWNERS} owners, which is as many as a record keeps.`);
  return alter(enrollment, stamp, {
    transition: 'transfer',
    code: keepsProof ? 'device.transferred-with-proof' : 'device.transferred',
    about: { tenant: to, formerTenant: tenant },
    sets: {
      tenant: to,
      isChangingHands: true,
      formerOwners: [...formerOwners, { tenant, until: stamp.at }],
      toRetire: certificates.map(({ id }) => id),
      ...(keepsProof ? {} : withdrawn(enrollment, wishes)),
    },
    removes: [...whatItDid],
  });
};

const whatItDid = [
  ...(['boundKey', 'candidateKey', 'onProbation', 'pending', 'approvedKey', 'contender', 'readmission', 'recovery'] as const),
  ...(['certificateInUse', 'credentialSince', 'rotateAt', 'failedRotations'] as const),
];

const withdrawn = (enrollment: Enrollment, { succession, namedKeys }: TransferWishes): Partial<Enrollment> => {
  const { refusedKeys = [], boundKey, candidateKey, approvedKey } = enrollment;
  const keys = [boundKey, candidateKey, approvedKey].filter((key) => key !== undefined);
  const ruledOut = [...new Set([...refusedKeys, ...namedKeys, ...keys])];
  return { ...(ruledOut.length === 0 ? {} : { refusedKeys: ruledOut }), ...(succession ?? { awaitsProof: true }) };
};

/** The enrollment once nothing is left of what the device could do for its former owner. What happened is on record already. */
export const handedOver = (enrollment: Enrollment): Enrollment => ({
  ...without(enrollment, 'isChangingHands'),
  version: enrollment.version + 1,
});
