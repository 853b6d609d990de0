import * as z from 'zod/mini';
import type { ConnectingDevice } from '../../../domain/connection-verdict.ts';
import { lineName } from '../../../domain/identifiers.ts';
import { type SerialNumber, serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';

/**
 * `<prefix>:<line>:<serial>`, what is not a letter, a digit or one of `-_.!~*'()` in percent-encoding of UTF-8 (RFC 3986 §2.1).
 * So it is the thing's name where the serial can stand in one, and still tells the serial where the name has only its digest.
 */
export const userNameOf = (prefix: string, line: string, serial: SerialNumber): string => `${prefix}:${line}:${encodeURIComponent(serial)}`;

const PARTS = /^(?<prefix>[^:]+):(?<line>[^:]+):(?<serial>[^:]+)$/;
const MAX_LENGTH = 512;

/** Who a user name says to be; `undefined` where it is not the one spelling of a device's of this deployment. */
export const readUserName = (prefix: string, username: string): ConnectingDevice | undefined => {
  if (username.length > MAX_LENGTH) return undefined;
  const parts = PARTS.exec(username)?.groups;
  if (parts?.['prefix'] !== prefix) return undefined;
  const line = z.safeParse(lineName, parts['line']);
  const serial = z.safeParse(serialNumber, decoded(parts['serial'] ?? ''));
  if (!line.success || !serial.success || userNameOf(prefix, line.data, serial.data) !== username) return undefined;
  return { line: line.data, serialNumber: serial.data, thingName: thingNameOf(prefix, line.data, serial.data) };
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
