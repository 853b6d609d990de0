import { type Change, type ChangeStamp, alter, impossible, unchanged } from '../changes/change.ts';
import type { Enrollment } from '../enrollment.ts';
import type { Rotation } from './rotation.ts';

/** Asks a device for another credential. The one that it has stays as good as it was. */
export const startRotation = (enrollment: Enrollment, stamp: ChangeStamp, rotation: Omit<Rotation, 'startedAt' | 'next'>): Change => {
  if (enrollment.rotation?.id === rotation.id) return unchanged;
  if (enrollment.state !== 'active') return impossible(`The device is ${enrollment.state}; only one that is active can rotate.`);
  if (enrollment.candidateKey !== undefined)
    return impossible('Another key was let in for this device and is awaited; wait until it is seen.');
  return alter(enrollment, stamp, {
    transition: 'rotate',
    code: 'rotation.started',
    about: { rotation: rotation.id },
    sets: { rotation: { ...rotation, startedAt: stamp.at } },
  });
};
