import type { Enrollment, Readmission } from '../enrollment.ts';
import type { LineSettings } from '../line-settings.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

export interface ReadmitWishes extends Readmission {
  /** Of the device's line. */
  readonly reprovision: LineSettings['reprovision'];
  /** What the other key must prove, where that differs: another pinned key, another code. */
  readonly requirement?: Enrollment['requirement'];
}

/** Lets one other key come in for a serial that is bound, once and until a certain time. */
export const readmit = (enrollment: Enrollment, stamp: ChangeStamp, wishes: ReadmitWishes): Change => {
  const { reprovision, requirement, until, key } = wishes;
  const mistake = mistakeIn(enrollment, stamp, wishes);
  // What two people gave away may come in whatever the line says; what is missing is a code that the former owner does not know.
  const isNewCodeFor = enrollment.formerOwners !== undefined && enrollment.boundKey === undefined && requirement !== undefined;
  if (reprovision === 'never' && !isNewCodeFor) return impossible('The line never lets another key in (reprovision: never).');
  if (mistake !== undefined) return impossible(mistake);
  const readmission: Readmission = { until, ...(key === undefined ? {} : { key }) };
  if (isSame(enrollment.readmission, readmission) && requirement === undefined) return unchanged;
  return alter(enrollment, stamp, {
    transition: 'readmit',
    code: 'device.readmitted',
    about: key === undefined ? {} : { keyDigest: key },
    sets: { readmission, ...(requirement === undefined ? {} : { requirement }) },
  });
};

const mistakeIn = (
  { boundKey, refusedKeys = [], state, formerOwners }: Enrollment,
  { at }: ChangeStamp,
  { until, key, requirement }: ReadmitWishes,
): string | undefined => {
  if (boundKey === undefined && (formerOwners === undefined || requirement === undefined))
    return `The device is ${state} and bound to no key yet: it may come in without leave.`;
  if (until <= at) return 'The time until which the key may come in is over.';
  if (key !== undefined && key === boundKey) return 'The serial is bound to this key already: it may come in without leave.';
  if (key !== undefined && refusedKeys.includes(key)) return 'An operator ruled this key out.';
  return undefined;
};

const isSame = (one: Readmission | undefined, other: Readmission): boolean => one?.until === other.until && one.key === other.key;
