import * as z from 'zod/mini';
import type { Configuration } from './configuration/configuration-schema.ts';
import type { Enrollment } from './enrollment.ts';
import { type LineName, type ThingName, lineName, thingName } from './identifiers.ts';
import { type SerialNumber, serialNumber } from './serial-number.ts';
import { thingNameOf } from './thing-name.ts';

/** What the ids begin with that AWS IoT assigns to clients which give none. */
export const ASSIGNED_CLIENT_ID_PREFIX = '$GEN/';

/** How the devices of a line may call themselves beside their thing's name: `<path>/<serial>`. */
export interface ClientIdLine {
  readonly name: LineName;
  readonly clientIdPath?: string | undefined;
}

/** A device by the client id that it uses. The name of a thing may have no room for the serial number, and is then all that is known. */
export interface DeviceByClientId {
  readonly thingName: ThingName;
  readonly line: LineName;
  readonly serialNumber?: SerialNumber;
}

/** The lines whose devices have client ids of another service. */
export const clientIdLinesOf = ({ lines }: Pick<Configuration, 'lines'>): readonly ClientIdLine[] =>
  lines.flatMap(({ name, clientIds: { path } }) => (path === undefined ? [] : [{ name, clientIdPath: path }]));

const clientIdLines = z.array(z.object({ name: lineName, clientIdPath: z.string() }));

/** Reads such lines from JSON text. @throws when it is none. */
export const parseClientIdLines = (json: string): readonly ClientIdLine[] => z.parse(clientIdLines, JSON.parse(json));

/** Which device a client id belongs to: the name of a thing under the prefix, or `<path>/<serial>` on a line with such a path. */
export const deviceByClientId = (prefix: string, lines: readonly ClientIdLine[], clientId: string): DeviceByClientId | undefined =>
  byThingName(prefix, clientId) ?? byPath(prefix, lines, clientId);

/**
 * The client ids that a device may be connected with: the name of its thing, and what its line's path makes of its serial
 * number. One that it used on another path counts while a line has that: of others no role may end the connection.
 */
export const clientIdsInUse = (
  lines: readonly ClientIdLine[],
  { line, serialNumber: serial, thingName: thing, connectsAs }: Pick<Enrollment, 'line' | 'serialNumber' | 'thingName' | 'connectsAs'>,
): readonly string[] => {
  const paths = lines.flatMap(({ name, clientIdPath }) => (clientIdPath === undefined ? [] : [{ name, begin: `${clientIdPath}/` }]));
  const own = paths.filter(({ name }) => name === line).map(({ begin }) => `${begin}${serial}`);
  const seen = paths.some(({ begin }) => connectsAs?.startsWith(begin)) ? [connectsAs ?? thing] : [];
  return [...new Set([thing, ...own, ...seen])];
};

const DIGEST = /^:[\w-]{43}$/;

const byThingName = (prefix: string, clientId: string): DeviceByClientId | undefined => {
  const [first, second, ...others] = clientId.split(':');
  const rest = others.join(':');
  const [thing, line] = [z.safeParse(thingName, clientId).data, z.safeParse(lineName, second).data];
  if (first !== prefix || thing === undefined || line === undefined) return undefined;
  if (DIGEST.test(rest)) return { thingName: thing, line };
  const serial = z.safeParse(serialNumber, rest).data;
  return serial !== undefined && thingNameOf(prefix, line, serial) === thing ? { thingName: thing, line, serialNumber: serial } : undefined;
};

const byPath = (prefix: string, lines: readonly ClientIdLine[], clientId: string): DeviceByClientId | undefined => {
  const slash = clientId.lastIndexOf('/');
  if (slash === -1) return undefined;
  const line = lines.find(({ clientIdPath }) => clientIdPath === clientId.slice(0, slash));
  const serial = z.safeParse(serialNumber, clientId.slice(slash + 1)).data;
  if (line === undefined || serial === undefined) return undefined;
  return { thingName: thingNameOf(prefix, line.name, serial), line: line.name, serialNumber: serial };
};
