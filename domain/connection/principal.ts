import { createHash } from 'node:crypto';
import type { ThingName } from '../identifiers.ts';
import type { RotationId } from '../rotation/rotation.ts';
import { enrollmentKeyOf } from '../thing-name.ts';

/**
 * What AWS IoT is told to call a device that an authorizer let in: SHA-256 of its enrollment's key in hexadecimal digits, since a
 * principal takes letters and digits only (AWS IoT Developer Guide, "Defining your Lambda function"). It stays the same when the
 * device changes its key.
 */
export const principalOf = (thing: ThingName): string => digestOf(enrollmentKeyOf(thing));

/**
 * What it is called when it proves what it must prove once a rotation is complete: so that the lifecycle event of its connection, and
 * nothing else, is what completes that rotation and no other.
 */
export const rotationPrincipalOf = (thing: ThingName, rotation: RotationId): string =>
  digestOf(`rotation#${rotation}#${enrollmentKeyOf(thing)}`);

/** What it is called while all that it may do is ask what time it is: another name, so that nobody takes note of it as of the device. */
export const clockPrincipalOf = (thing: ThingName): string => digestOf(`clock#${enrollmentKeyOf(thing)}`);

const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
