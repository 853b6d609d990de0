import type { Enrollment, Readmission } from '../enrollment.ts';
import type { KeyDigest } from '../identifiers.ts';
import { isSameRequirement } from '../registration.ts';
import { type Change, type ChangeStamp, alter, impossible } from './change.ts';

export interface AnewWishes extends Readmission {
  /** What the device must prove from now on. */
  readonly requirement: Enrollment['requirement'] | undefined;
  /** True where that is what only the device can prove; what it is merely told is good until a certain time. */
  readonly isProofItsOwn: boolean;
  /** The keys that it names. */
  readonly namedKeys: readonly KeyDigest[];
}

/** Says what a device must prove for its new owner, where what it proved itself by was withdrawn with the former one. */
export const requireAnew = (enrollment: Enrollment, stamp: ChangeStamp, wishes: AnewWishes): Change => {
  const { requirement, isProofItsOwn, namedKeys, until, key } = wishes;
  if (requirement === undefined)
    return impossible('What it proved itself by was withdrawn when it changed hands: say what it must prove now (--proof).');
  const isRuledOut = namedKeys.some((named) => enrollment.refusedKeys?.includes(named) === true);
  if (isRuledOut || isSameRequirement(requirement, enrollment.requirement))
    return impossible('This is what it proved itself by for its former owner, who may have a copy.');
  if (!isProofItsOwn && until <= stamp.at) return impossible('The time until which the key may come in is over.');
  return alter(enrollment, stamp, {
    transition: 'readmit',
    code: 'device.readmitted',
    about: key === undefined ? {} : { keyDigest: key },
    sets: { requirement, ...(isProofItsOwn ? {} : { readmission: { until, ...(key === undefined ? {} : { key }) } }) },
    removes: ['awaitsProof'],
  });
};
