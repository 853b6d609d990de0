import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Sighting } from '../../domain/activation.ts';
import { type ThingName, certificateId, thingName } from '../../domain/identifiers.ts';

/** What one batch says of one thing. */
export interface ThingSightings {
  readonly thing: ThingName;
  /** One per certificate, in the order of their times. */
  readonly sightings: readonly Sighting[];
  /** The messages that said so; they are done when the thing is. */
  readonly messageIds: readonly string[];
}

export interface ReadBatch {
  readonly things: readonly ThingSightings[];
  /** Messages that are no lifecycle events. They go back to the queue, and from there to its dead letters. */
  readonly unreadable: readonly string[];
}

/** A `connected` lifecycle event as the rule selects it (DG:life-cycle-events). */
const connectedEvent = z.object({
  clientId: z.string(),
  /** Only there when the certificate belongs to one thing alone. */
  thingName: z.optional(z.string()),
  /** A certificate id, or something else for other ways to authenticate. */
  principalIdentifier: z.string(),
  sessionIdentifier: z.optional(z.string()),
  timestamp: z.number(),
});

interface Reading {
  readonly messageId: string;
  readonly thing: ThingName;
  readonly sighting: Sighting;
}

/** Sorts a batch by thing and leaves out what is said twice. */
export const readSightings = (records: readonly SQSRecord[]): ReadBatch => {
  const read = records.map((record) => ({ messageId: record.messageId, reading: readRecord(record) }));
  const readings = read.flatMap(({ reading }) => (reading === undefined || reading === 'not-ours' ? [] : [reading]));
  return {
    things: [...Map.groupBy(readings, ({ thing }) => thing)].map(([thing, ofThing]) => ({
      thing,
      sightings: latestPerCertificate(ofThing.map(({ sighting }) => sighting)),
      messageIds: ofThing.map(({ messageId }) => messageId),
    })),
    unreadable: read.filter(({ reading }) => reading === undefined).map(({ messageId }) => messageId),
  };
};

const readRecord = ({ body, messageId }: SQSRecord): Reading | 'not-ours' | undefined => {
  const event = z.safeParse(connectedEvent, parseJson(body)).data;
  if (event === undefined) return undefined;
  const thing = z.safeParse(thingName, event.thingName ?? event.clientId).data;
  const certificate = z.safeParse(certificateId, event.principalIdentifier).data;
  if (thing === undefined || certificate === undefined) return 'not-ours';
  const eventId = event.sessionIdentifier ?? messageId;
  return { messageId, thing, sighting: { certificateId: certificate, at: event.timestamp, eventId } };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const latestPerCertificate = (sightings: readonly Sighting[]): readonly Sighting[] => {
  const inOrder = sightings.toSorted((one, other) => one.at - other.at);
  return [...new Map(inOrder.map((sighting) => [sighting.certificateId, sighting])).values()];
};
