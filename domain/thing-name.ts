import { createHash } from 'node:crypto';
import type { LineName, ThingName } from './identifiers.ts';
import { type SerialNumber, foldSerialNumber } from './serial-number.ts';

const MAX_LENGTH = 128; // AWS IoT registry quota
const PLAIN = /^[A-Za-z0-9_-]+$/;

/**
 * `<prefix>:<line>:<serial>` where the serial can stand in a thing name, else `<prefix>:<line>::<digest>`. A plain serial
 * holds no colon, so the two forms never meet; and of the serials that share a digest, one can be enrolled.
 */
export const thingNameOf = (prefix: string, line: LineName, serial: SerialNumber): ThingName => {
  const plain = `${prefix}:${line}:${serial}`;
  const name = PLAIN.test(serial) && plain.length <= MAX_LENGTH ? plain : `${prefix}:${line}::${serialDigestOf(serial)}`;
  return name as ThingName;
};

/**
 * The key under which the enrollment of a thing is kept: `<prefix>:<line>::<digest>`, the same for all serials of a line
 * that differ only in case, width or white space. So a second of them cannot be enrolled, and whoever reads one of them
 * must compare the serial. A name that is not of ours is its own key.
 */
export const enrollmentKeyOf = (thing: ThingName): string => {
  const [prefix, line, serial] = thing.split(':');
  return serial === undefined || serial === '' ? thing : `${prefix}:${line}::${serialDigestOf(serial)}`;
};

/** What stands for a serial number, and for all that are too easily taken for it. */
export const serialDigestOf = (serial: string): string => createHash('sha256').update(foldSerialNumber(serial), 'utf8').digest('base64url');
