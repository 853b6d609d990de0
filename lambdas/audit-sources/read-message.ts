import * as z from 'zod/mini';
import { type CallReading, callEvent, managementEvent } from '../../domain/audit/sources/call-event.ts';
import { type PresenceReading, lifecycleEvent, presenceEvent } from '../../domain/audit/sources/presence-event.ts';
import type { ToldEvent } from '../../domain/audit/sources/told-event.ts';
import { parseJson } from '../../domain/parse-json.ts';

export interface SourceReading extends CallReading, PresenceReading {}

/** EventBridge User Guide, "AWS service events delivered via CloudTrail". */
const busEvent = z.object({ 'detail-type': z.literal('AWS API Call via CloudTrail'), detail: managementEvent });

/** What a message of the queue tells: `not-ours` for what is nobody's of ours, `unreadable` for what neither the rule nor the bus says. */
export const readMessage = (body: string, reading: SourceReading): ToldEvent | 'not-ours' | 'unreadable' => {
  const message = parseJson(body);
  const call = z.safeParse(busEvent, message).data;
  if (call !== undefined) return callEvent(call.detail, reading) ?? 'not-ours';
  const presence = z.safeParse(lifecycleEvent, message).data;
  return presence === undefined ? 'unreadable' : (presenceEvent(presence, reading) ?? 'not-ours');
};
