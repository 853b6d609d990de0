import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type ClientIdLine, deviceByClientId } from '../../domain/client-id.ts';
import type { RefusedPublish } from '../../domain/connection/refused-publishes.ts';
import type { LineName, ThingName } from '../../domain/identifiers.ts';
import { readLogDelivery } from '../middleware/log-delivery.ts';

/** What a batch says of one device under one credential. */
export interface Refused {
  readonly thing: ThingName;
  readonly line: LineName;
  readonly principal: string;
  readonly refused: readonly RefusedPublish[];
}

export interface LogReading {
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
}

/** DG:cwl-format, of a message that no policy allowed. */
const entry = z.object({
  eventType: z.literal('Publish-In'),
  status: z.literal('Failure'),
  reason: z.literal('AUTHORIZATION_FAILURE'),
  clientId: z.string(),
  principalId: z.string(),
});

/** Sorts a delivery by device and credential; what is no such entry, or of no device of ours, is left out. @throws when it is no delivery. */
export const readRefusals = (delivery: CloudWatchLogsEvent, { prefix, clientIdLines }: LogReading): readonly Refused[] => {
  const told = readLogDelivery(delivery).flatMap(({ id, timestamp: at, message }) => {
    const { clientId, principalId: principal } = z.safeParse(entry, message).data ?? {};
    if (clientId === undefined || principal === undefined) return [];
    const device = deviceByClientId(prefix, clientIdLines, clientId);
    return device === undefined ? [] : [{ thing: device.thingName, line: device.line, principal, refused: { id, at } }];
  });
  const grouped = Map.groupBy(told, ({ thing, principal }) => JSON.stringify([thing, principal]));
  return [...grouped.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return [{ ...first, refused: [first, ...others].map(({ refused }) => refused) }];
  });
};
