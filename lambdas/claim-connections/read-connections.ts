import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ClaimConnection } from '../../domain/claim/claim-ports.ts';
import { certificateId } from '../../domain/identifiers.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What one batch says. */
export interface ReadBatch {
  readonly connections: readonly ClaimConnection[];
  /** Messages that are no lifecycle events. They go back to the queue, and from there to its dead letters. */
  readonly unreadable: readonly string[];
}

/** A `connected` lifecycle event as the rule selects it (DG:life-cycle-events). */
const connectedEvent = z.object({
  clientId: z.string(),
  /** A certificate id, or something else for other ways to authenticate. */
  principalIdentifier: z.string(),
  ipAddress: z.optional(z.string()),
  timestamp: z.number(),
});

export const readConnections = (records: readonly SQSRecord[]): ReadBatch => {
  const read = records.map(({ body, messageId }) => ({ messageId, event: z.safeParse(connectedEvent, parseJson(body)).data }));
  return {
    connections: read.flatMap(({ event }) => (event === undefined ? [] : connectionOf(event))),
    unreadable: read.filter(({ event }) => event === undefined).map(({ messageId }) => messageId),
  };
};

// Whoever authenticates otherwise than by a certificate may choose such a client id, and is no claim.
const connectionOf = (event: z.infer<typeof connectedEvent>): readonly ClaimConnection[] => {
  const certificate = z.safeParse(certificateId, event.principalIdentifier).data;
  if (certificate === undefined) return [];
  const address = event.ipAddress === undefined ? {} : { address: event.ipAddress };
  return [{ certificateId: certificate, clientId: event.clientId, at: event.timestamp, ...address }];
};
