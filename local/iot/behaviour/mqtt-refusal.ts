import * as z from 'zod';
import type { Basis, BehaviourRow } from './row.ts';

const code = z.int().min(0).max(255);

/** What one kind of refusal looks like on the wire. */
export const refusalSchema = z.strictObject({
  /** MQTT 3.1.1: close, say nothing at all, or answer with this code in the packet's own acknowledgement. */
  mqtt3: z.union([z.literal('close'), z.literal('ignore'), z.strictObject({ code })]),
  /**
   * MQTT 5: `acknowledge` with the code in CONNACK, PUBACK or SUBACK (a QoS 0 PUBLISH has none and gets a DISCONNECT),
   * `discard` likewise (but a QoS 0 PUBLISH is dropped), `disconnect` with the code, just close, or say nothing at all.
   */
  mqtt5: z.union([
    z.literal('close'),
    z.literal('ignore'),
    z.strictObject({ how: z.enum(['acknowledge', 'discard', 'disconnect']), code }),
  ]),
  /** What the `disconnected` event says when the refusal ends a connection (DG:life-cycle-events). */
  disconnectReason: z.enum(['AUTH_ERROR', 'CLIENT_ERROR', 'FORBIDDEN_ACCESS', 'SERVER_ERROR', 'THROTTLED']),
});

export type Refusal = z.infer<typeof refusalSchema>;

const row =
  (basis: Basis) =>
  (value: Refusal, says: string): BehaviourRow<Refusal> => ({ value, schema: refusalSchema, says, basis });

/** A refusal whose form was seen or is documented; `says` names by whom or where. */
export const seenRefusal = row('evidence');

/** A refusal whose form nobody outside knows. */
export const assumedRefusal = row('assumed');
