import * as z from 'zod/mini';
import type { ConnectingDevice } from '../../../domain/connection/connection-verdict.ts';
import { serialTextIn, userNameOf } from '../../../domain/connection/device-user-name.ts';
import { lineName } from '../../../domain/identifiers.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';

const PARTS = /^(?<prefix>[^:]+):(?<line>[^:]+):(?<serial>[^:]+)$/;
const MAX_LENGTH = 512;

/** Who a user name says to be; `undefined` where it is not the one spelling of a device's of this deployment. */
export const readUserName = (prefix: string, username: string): ConnectingDevice | undefined => {
  if (username.length > MAX_LENGTH) return undefined;
  const parts = PARTS.exec(username)?.groups;
  if (parts?.['prefix'] !== prefix) return undefined;
  const line = z.safeParse(lineName, parts['line']);
  const serial = z.safeParse(serialNumber, serialTextIn(username));
  if (!line.success || !serial.success || userNameOf(prefix, line.data, serial.data) !== username) return undefined;
  return { line: line.data, serialNumber: serial.data, thingName: thingNameOf(prefix, line.data, serial.data) };
};
