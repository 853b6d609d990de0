import * as z from 'zod/mini';
import type { AuditEvent } from '../../audit-event.ts';
import { type ClientIdLine, clientIdLinesOf, deviceByClientId } from '../../client-id.ts';
import type { Configuration } from '../../configuration/configuration-schema.ts';
import { type LineName, certificateId, thingName } from '../../identifiers.ts';
import { resourceNames } from '../../resource-names.ts';

/** By what a deployment knows its own in what AWS tells. */
export interface FleetReading {
  readonly prefix: string;
  readonly lines: readonly LineName[];
  readonly clientIdLines: readonly ClientIdLine[];
}

export const fleetReadingOf = (configuration: Configuration): FleetReading => ({
  prefix: configuration.prefix,
  lines: configuration.lines.map(({ name }) => name),
  clientIdLines: clientIdLinesOf(configuration),
});

type Party = Pick<AuditEvent, 'line' | 'thingName' | 'serialNumber' | 'certificateId' | 'claimCertificateId' | 'correlationId'>;

/** What AWS IoT names who connected by. */
export interface Client {
  readonly clientId: string;
  /** A certificate id, or something else for other ways to authenticate. */
  readonly principal?: string | undefined;
  readonly thingName?: string | undefined;
}

/** What follows the line: 128 random bits, as whoever made them wrote them. */
const RANDOM = /^[\w-]{1,64}$/;

/** Whose connection it is: a claim's, whose client id is the correlation id of what it leads to, or a device's; undefined for anybody else's. */
export const partyOf = (reading: FleetReading, client: Client): Party | undefined => claimOf(reading, client) ?? deviceOf(reading, client);

/** Whether a connection is one under a claim. */
export const isClaimConnection = ({ thingName: thing }: Party): boolean => thing === undefined;

const claimOf = ({ prefix, lines }: FleetReading, { clientId, principal }: Client): Party | undefined => {
  const begins = (line: LineName): string => resourceNames(prefix).claimClientIdPrefix(line);
  // Of two lines, the name of one may begin with the other's.
  const line = lines.filter((name) => clientId.startsWith(begins(name))).toSorted((a, b) => b.length - a.length)[0];
  if (line === undefined || !RANDOM.test(clientId.slice(begins(line).length))) return undefined;
  const certificate = z.safeParse(certificateId, principal).data;
  return { line, correlationId: clientId, ...(certificate === undefined ? {} : { claimCertificateId: certificate }) };
};

const deviceOf = ({ prefix, clientIdLines }: FleetReading, client: Client): Party | undefined => {
  const device = deviceByClientId(prefix, clientIdLines, client.thingName ?? client.clientId);
  const named = device ?? deviceByClientId(prefix, clientIdLines, client.clientId);
  if (named === undefined) return undefined;
  const certificate = z.safeParse(certificateId, client.principal).data;
  return { ...named, ...(certificate === undefined ? {} : { certificateId: certificate }) };
};

/** A thing of ours by its name, with its line. */
export const thingParty = ({ prefix, clientIdLines }: FleetReading, name: string | undefined): Party => {
  const thing = z.safeParse(thingName, name).data;
  return (thing === undefined ? undefined : deviceByClientId(prefix, clientIdLines, thing)) ?? {};
};
