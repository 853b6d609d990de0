import { createHash } from 'node:crypto';
import type { LineName, ThingName } from './identifiers.ts';
import type { SerialNumber } from './serial-number.ts';

const MAX_LENGTH = 128; // AWS IoT registry quota
const PLAIN = /^[A-Za-z0-9_-]+$/;

/**
 * `<prefix>:<line>:<serial>` where the serial can stand in a thing name, else `<prefix>:<line>::<digest>`. A plain serial
 * holds no colon, so the two forms never meet and no two serials share a name.
 */
export const thingNameOf = (prefix: string, line: LineName, serial: SerialNumber): ThingName => {
  const plain = `${prefix}:${line}:${serial}`;
  const name = PLAIN.test(serial) && plain.length <= MAX_LENGTH ? plain : `${prefix}:${line}::${digestOf(serial)}`;
  return name as ThingName;
};

const digestOf = (serial: SerialNumber): string => createHash('sha256').update(serial, 'utf8').digest('base64url');
