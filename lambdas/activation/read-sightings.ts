import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Sighting } from '../../domain/sighting.ts';
import { ASSIGNED_CLIENT_ID_PREFIX, type ClientIdLine, deviceByClientId } from '../../domain/client-id.ts';
import { type ThingName, certificateId, thingName } from '../../domain/identifiers.ts';
import { clockPrincipalOf, principalOf } from '../../domain/connection/principal.ts';
import type { ProvenSighting } from '../../domain/connection/proven-activation.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What one batch says of one thing. */
export interface ThingSightings {
  readonly thing: ThingName;
  /** One per certificate, in the order of their times. */
  readonly sightings: readonly Sighting[];
  /** The latest by the word of its authorizer. */
  readonly proven: ProvenSighting | undefined;
  /** As what it was connected, each once; without those that AWS IoT assigned, by which nobody can end a connection. */
  readonly clientIds: readonly string[];
  /** The messages that said so; they are done when the thing is. */
  readonly messageIds: readonly string[];
}

export interface ReadBatch {
  readonly things: readonly ThingSightings[];
  /** Messages that are no lifecycle events. They go back to the queue, and from there to its dead letters. */
  readonly unreadable: readonly string[];
}

/** By which a client id is known. */
export interface ClientIdReading {
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
}

/** A `connected` lifecycle event as the rule selects it (DG:life-cycle-events). */
const connectedEvent = z.object({
  clientId: z.string(),
  /** Only there when the certificate belongs to one thing alone. */
  thingName: z.optional(z.string()),
  /** A certificate id, what an authorizer called the device, or something else for other ways to authenticate. */
  principalIdentifier: z.string(),
  sessionIdentifier: z.optional(z.string()),
  timestamp: z.number(),
});

interface Reading {
  readonly messageId: string;
  readonly thing: ThingName;
  readonly clientId: string;
  readonly sighting: Sighting | ProvenSighting;
}

/** Sorts a batch by thing and leaves out what is said twice. */
export const readSightings = (records: readonly SQSRecord[], reading: ClientIdReading): ReadBatch => {
  const read = records.map((record) => ({ messageId: record.messageId, reading: readRecord(record, reading) }));
  const readings = read.flatMap((one) => (one.reading === undefined || one.reading === 'not-ours' ? [] : [one.reading]));
  return {
    things: [...Map.groupBy(readings, ({ thing }) => thing)].map(([thing, ofThing]) => sightingsOf(thing, ofThing)),
    unreadable: read.filter((one) => one.reading === undefined).map(({ messageId }) => messageId),
  };
};

const readRecord = ({ body, messageId }: SQSRecord, reading: ClientIdReading): Reading | 'not-ours' | undefined => {
  const event = z.safeParse(connectedEvent, parseJson(body)).data;
  if (event === undefined) return undefined;
  const { clientId, principalIdentifier: principal } = event;
  const thing = z.safeParse(
    thingName,
    event.thingName ?? deviceByClientId(reading.prefix, reading.clientIdLines, clientId)?.thingName,
  ).data;
  // Who knows no time has proven nothing that is of now.
  if (thing === undefined || principal === clockPrincipalOf(thing)) return 'not-ours';
  const seen = { at: event.timestamp, eventId: event.sessionIdentifier ?? messageId, ...callingItself(thing, clientId) };
  // What a certificate is called has the same form; no certificate is called like this.
  if (principal === principalOf(thing)) return { messageId, thing, clientId, sighting: seen };
  const certificate = z.safeParse(certificateId, principal).data;
  return certificate === undefined ? 'not-ours' : { messageId, thing, clientId, sighting: { certificateId: certificate, ...seen } };
};

const callingItself = (thing: ThingName, clientId: string): Pick<Sighting, 'connectsAs' | 'isAnonymous'> => {
  if (clientId === thing) return {};
  return clientId.startsWith(ASSIGNED_CLIENT_ID_PREFIX) ? { isAnonymous: true } : { connectsAs: clientId };
};

const sightingsOf = (thing: ThingName, readings: readonly Reading[]): ThingSightings => {
  const inOrder = readings.map(({ sighting }) => sighting).toSorted((one, other) => one.at - other.at);
  const byCertificate = inOrder.filter((sighting) => 'certificateId' in sighting);
  return {
    thing,
    sightings: [...new Map(byCertificate.map((sighting) => [sighting.certificateId, sighting])).values()],
    proven: inOrder.findLast((sighting) => !('certificateId' in sighting)),
    clientIds: [...new Set(readings.map(({ clientId }) => clientId))].filter((id) => !id.startsWith(ASSIGNED_CLIENT_ID_PREFIX)),
    messageIds: readings.map(({ messageId }) => messageId),
  };
};
