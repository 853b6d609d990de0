import * as z from 'zod/mini';
import type { ConnectingDevice } from './connection-verdict.ts';
import type { LineBoundary } from './device-boundaries.ts';
import { serialNumber } from '../serial-number.ts';
import { thingNameOf } from '../thing-name.ts';

// What stands in a policy or a topic must be neither wildcard nor variable nor a level more.
const LITERAL = /^[A-Za-z0-9][A-Za-z0-9._~%:-]{0,127}$/;

/** Whether a text means itself and nothing else, in a policy and as a level of a topic. */
export const isLiteral = (text: string): boolean => LITERAL.test(text);

/** Whether a device may connect under a client id: its thing's name, or `<path>/<serial>` where its line has a path. */
export const isClientIdOf = ({ thingName, serialNumber }: ConnectingDevice, clientId: string, { clientIdPath }: LineBoundary): boolean =>
  clientId === thingName || (clientIdPath !== undefined && isLiteral(serialNumber) && clientId === `${clientIdPath}/${serialNumber}`);

/** The device whose thing's name a client id is, as far as that can be read from it: for the record of a refusal, not to be acted on. */
export const deviceNamedBy = (clientId: string, lines: readonly LineBoundary[]): ConnectingDevice | undefined => {
  const [prefix = '', lineName, serial] = clientId.split(':');
  const line = lines.find(({ name }) => name === lineName)?.name;
  const read = z.safeParse(serialNumber, serial).data;
  if (line === undefined || read === undefined) return undefined;
  const thingName = thingNameOf(prefix, line, read);
  return thingName === clientId ? { line, serialNumber: read, thingName } : undefined;
};
