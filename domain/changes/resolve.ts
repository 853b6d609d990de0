import type { Asking, Enrollment } from '../enrollment.ts';
import type { KeyDigest } from '../identifiers.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

/**
 * An operator's ruling where two keys ask for one serial: one is kept, the other never comes in again. Where it is the
 * later one that is kept, the serial is bound to it, and all certificates of the other are to be retired.
 */
export const resolve = (enrollment: Enrollment, stamp: ChangeStamp, keep: KeyDigest): Change => {
  const { contender, boundKey, pending, refusedKeys = [] } = enrollment;
  const holder = boundKey ?? pending?.key;
  if (contender === undefined || holder === undefined)
    return keep === holder && refusedKeys.length > 0 ? unchanged : impossible('No two keys ask for this serial.');
  if (keep === holder) return keepHolder(enrollment, stamp, contender);
  if (keep === contender.key) return keepContender(enrollment, stamp, contender);
  return impossible(`This key never asked for this serial. Those that did: ${holder} and ${contender.key}.`);
};

const keepHolder = (enrollment: Enrollment, stamp: ChangeStamp, { key }: Asking): Change => {
  const holder = enrollment.boundKey ?? enrollment.pending?.key;
  return alter(enrollment, stamp, {
    transition: 'settle',
    code: 'device.resolved',
    about: { ...(holder === undefined ? {} : { keyDigest: holder, boundKeyDigest: holder }) },
    sets: { refusedKeys: [...(enrollment.refusedKeys ?? []), key] },
    removes: ['contender'],
  });
};

const keepContender = (enrollment: Enrollment, stamp: ChangeStamp, contender: Asking): Change => {
  const { boundKey, candidateKey, pending, certificates, refusedKeys = [] } = enrollment;
  const losers = [boundKey ?? pending?.key, candidateKey].filter((key) => key !== undefined);
  return alter(enrollment, stamp, {
    transition: 'rebind',
    code: 'device.resolved',
    about: { keyDigest: contender.key, ...(boundKey === undefined ? {} : { boundKeyDigest: boundKey }) },
    sets: {
      refusedKeys: [...refusedKeys, ...losers],
      ...(boundKey === undefined ? { pending: contender } : { boundKey: contender.key }),
      toRetire: certificates.map(({ id }) => id),
    },
    removes: [
      'contender',
      'candidateKey',
      'certificateInUse',
      'approvedKey',
      'readmission',
      ...(boundKey === undefined ? [] : pendingOnly),
    ],
  });
};

const pendingOnly = ['pending'] as const;
