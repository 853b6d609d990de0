import type { Enrollment } from '../enrollment.ts';
import type { KeyDigest } from '../identifiers.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

/**
 * An operator's yes to one key: the one that waits, or where nobody came yet the one that is named. The device comes in
 * when it asks again with that key.
 */
export const approve = (enrollment: Enrollment, stamp: ChangeStamp, named?: KeyDigest): Change => {
  const { pending, approvedKey, contender, refusedKeys = [] } = enrollment;
  const key = named ?? pending?.key;
  if (key === undefined) return impossible('No key waits for approval. Name one, or wait until the device has asked.');
  if (key === approvedKey) return unchanged;
  if (contender !== undefined) return impossible('Two keys ask for this serial. Keep one of them first, with devices resolve.');
  if (pending !== undefined && key !== pending.key) return impossible(`Another key waits for approval: ${pending.key}.`);
  if (refusedKeys.includes(key)) return impossible('An operator ruled this key out.');
  return alter(enrollment, stamp, {
    transition: 'approve',
    code: 'device.approved',
    about: { keyDigest: key },
    sets: { approvedKey: key },
  });
};
