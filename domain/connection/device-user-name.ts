import type { SerialNumber } from '../serial-number.ts';

/**
 * What a device calls itself in MQTT beside its client id: `<prefix>:<line>:<serial>`, what is not a letter, a digit or one of
 * `-_.!~*'()` in percent-encoding of UTF-8 (RFC 3986 §2.1). So it is the thing's name where the serial number can stand in one, and
 * still tells the serial where the name has only its digest.
 */
export const userNameOf = (prefix: string, line: string, serial: SerialNumber): string => `${prefix}:${line}:${encodeURIComponent(serial)}`;

/** The serial number in a user name, or `undefined` where there is none. */
export const serialTextIn = (username: string): string | undefined => {
  try {
    return decodeURIComponent(username.slice(username.lastIndexOf(':') + 1));
  } catch {
    return undefined;
  }
};
