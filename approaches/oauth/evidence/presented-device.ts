import * as z from 'zod/mini';
import { type ClientIdLine, deviceByClientId } from '../../../domain/client-id.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { ConnectingDevice } from '../../../domain/connection/connection-verdict.ts';
import { serialTextIn } from '../../../domain/connection/device-user-name.ts';
import { type SerialNumber, serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';

/** Who a client id says to be; where it has no room for a serial number, the user name says that. `undefined` for nobody of ours. */
export const presentedDevice = (
  prefix: string,
  lines: readonly ClientIdLine[],
  { clientId, username }: Pick<ConnectionPresentation, 'clientId' | 'username'>,
): ConnectingDevice | undefined => {
  const known = deviceByClientId(prefix, lines, clientId);
  if (known === undefined) return undefined;
  const { line, thingName } = known;
  const serial = known.serialNumber ?? serialIn(username);
  if (serial === undefined || thingNameOf(prefix, line, serial) !== thingName) return undefined;
  return { line, serialNumber: serial, thingName };
};

const serialIn = (username: string): SerialNumber | undefined => z.safeParse(serialNumber, serialTextIn(username)).data;
