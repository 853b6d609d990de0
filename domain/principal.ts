import { createHash } from 'node:crypto';
import type { ThingName } from './identifiers.ts';
import { enrollmentKeyOf } from './thing-name.ts';

/**
 * What AWS IoT is told to call a device that an authorizer let in: SHA-256 of its enrollment's key in hexadecimal digits, since a
 * principal takes letters and digits only (AWS IoT Developer Guide, "Defining your Lambda function"). It stays the same when the
 * device changes its key.
 */
export const principalOf = (thing: ThingName): string => createHash('sha256').update(enrollmentKeyOf(thing), 'utf8').digest('hex');
