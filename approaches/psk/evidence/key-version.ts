import type { Enrollment } from '../../../domain/enrollment.ts';
import type { Succession } from '../../../domain/changes/transfer.ts';

/** A master key's version has at most four digits; what stands before them in the version of a device's key counts its owners. */
const PER_OWNER = 10_000;

type Owned = Pick<Enrollment, 'firstKeyVersion'>;

const ownersBefore = ({ firstKeyVersion = 0 }: Owned): number => Math.floor(firstKeyVersion / PER_OWNER);

/** The version of the line's master key that a device's key derives from. */
export const masterVersionOf = (keyVersion: number): number => keyVersion % PER_OWNER;

/** The version of the key that a device has, as it is owned now, from a version of its line's master key. */
export const keyVersionFor = (enrollment: Owned, masterVersion: number): number => ownersBefore(enrollment) * PER_OWNER + masterVersion;

/**
 * Another owner's device has other keys: they derive from the same master keys, and from a version that no owner before was ever told.
 * So nothing of the line's changes, nor any other device.
 */
export const succeedByNextKeys = (enrollment: Owned): Succession => ({
  firstKeyVersion: (ownersBefore(enrollment) + 1) * PER_OWNER + 1,
});
