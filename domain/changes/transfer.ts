import { type Enrollment, without } from '../enrollment.ts';
import type { TenantName } from '../identifiers.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

/** A record must stay small enough to be read with every connection. */
export const MAX_FORMER_OWNERS = 32;

export interface TransferWishes {
  readonly to: TenantName;
  /** True where the device proves itself by what no owner was told: its key then is no owner's credential, and may come in again. */
  readonly isProofItsOwn: boolean;
}

/**
 * Gives a device to another tenant. It is as if nobody had seen it: it must come in again by its line's policy, and until nothing is
 * left of what it could do for the former owner it may not. Only the chain of its owners stays, and grows.
 */
export const transfer = (enrollment: Enrollment, stamp: ChangeStamp, { to, isProofItsOwn }: TransferWishes): Change => {
  const { tenant, state, formerOwners = [], certificates, refusedKeys = [] } = enrollment;
  if (tenant === to) return unchanged;
  if (state === 'quarantined') return impossible('The device is quarantined. Release it first, or decommission it.');
  if (formerOwners.length >= MAX_FORMER_OWNERS)
    return impossible(`The device has had ${MAX_FORMER_OWNERS} owners, which is as many as a record keeps.`);
  const ruledOut = isProofItsOwn ? refusedKeys : [...new Set([...refusedKeys, ...keysOf(enrollment)])];
  return alter(enrollment, stamp, {
    transition: 'transfer',
    code: 'device.transferred',
    about: { tenant: to, formerTenant: tenant },
    sets: {
      tenant: to,
      isChangingHands: true,
      formerOwners: [...formerOwners, { tenant, until: stamp.at }],
      toRetire: certificates.map(({ id }) => id),
      ...(ruledOut.length === 0 ? {} : { refusedKeys: ruledOut }),
    },
    removes: [
      'boundKey',
      'candidateKey',
      'onProbation',
      'pending',
      'approvedKey',
      'contender',
      'readmission',
      'recovery',
      'certificateInUse',
    ],
  });
};

const keysOf = ({ boundKey, candidateKey, approvedKey }: Enrollment) =>
  [boundKey, candidateKey, approvedKey].filter((key) => key !== undefined);

/** The enrollment once nothing is left of what the device could do for its former owner. What happened is on record already. */
export const handedOver = (enrollment: Enrollment): Enrollment => ({
  ...without(enrollment, 'isChangingHands'),
  version: enrollment.version + 1,
});
