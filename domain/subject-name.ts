import * as z from 'zod/mini';
import type { LineName, ThingName } from './identifiers.ts';
import { type SerialNumber, serialNumber } from './serial-number.ts';
import { serialDigestOf, thingNameOf } from './thing-name.ts';

const MAX_LENGTH = 64; // ub-common-name, RFC 5280 appendix A.1
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
/** Begins the name that stands for a serial number which fits no common name, as it does at the end of a thing's name. */
const DIGEST_MARK = '::';
const DIGEST = /^::[\w-]{43}$/;

/**
 * How a device calls itself in its signing request: by its serial number, or where that does not fit a common name, by
 * `::<digest>`, with which its thing's name ends then.
 */
export const commonNameOf = (serial: SerialNumber): string =>
  PRINTABLE_ASCII.test(serial) && serial.length <= MAX_LENGTH && !serial.startsWith(DIGEST_MARK)
    ? serial
    : `${DIGEST_MARK}${serialDigestOf(serial)}`;

/**
 * The thing under whose key the enrollment lies that a common name is of, or `undefined` where it can be nobody's. Look-alikes
 * share a key: whoever reads the enrollment must compare `commonNameOf` its serial number.
 */
export const thingNamedBy = (prefix: string, line: LineName, commonName: string): ThingName | undefined => {
  if (DIGEST.test(commonName)) return `${prefix}:${line}${commonName}` as ThingName;
  const serial = z.safeParse(serialNumber, commonName).data;
  return serial === undefined ? undefined : thingNameOf(prefix, line, serial);
};
