import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type ClientIdLine, deviceByClientId } from '../../domain/client-id.ts';
import type { LineName, ThingName } from '../../domain/identifiers.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** A device whose connection was taken over, in what a batch says. */
export interface TakenOver {
  readonly thing: ThingName;
  readonly line: LineName;
  readonly clientId: string;
  /** Whose connection it was. */
  readonly principal: string;
  /** The messages that said so; they are done when the device is. */
  readonly messageIds: readonly string[];
}

export interface ReadBatch {
  readonly takenOver: readonly TakenOver[];
  /** Messages that are no lifecycle events. They go back to the queue, and from there to its dead letters. */
  readonly unreadable: readonly string[];
}

/** A `disconnected` lifecycle event as the rule selects it (DG:life-cycle-events). */
const takenOverEvent = z.object({ clientId: z.string(), principalIdentifier: z.string() });

export interface ClientIdReading {
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
}

/** Sorts a batch by device and credential: who was taken over ten times within it is looked at once. */
export const readTakeOvers = (records: readonly SQSRecord[], reading: ClientIdReading): ReadBatch => {
  const read = records.map(({ body, messageId }) => ({ messageId, event: z.safeParse(takenOverEvent, parseJson(body)).data }));
  const told = read.flatMap(({ event, messageId }) => {
    if (event === undefined) return [];
    const device = deviceByClientId(reading.prefix, reading.clientIdLines, event.clientId);
    return device === undefined ? [] : [{ ...event, ...device, messageId }];
  });
  const grouped = Map.groupBy(told, ({ clientId, principalIdentifier }) => JSON.stringify([clientId, principalIdentifier]));
  return {
    takenOver: [...grouped.values()].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { thingName: thing, line, clientId, principalIdentifier: principal } = first;
      return [{ thing, line, clientId, principal, messageIds: [first, ...others].map(({ messageId }) => messageId) }];
    }),
    unreadable: read.filter(({ event }) => event === undefined).map(({ messageId }) => messageId),
  };
};
