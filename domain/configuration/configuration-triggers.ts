import * as z from 'zod/mini';

/** What is done by itself when a device gives cause. */
const action = z.enum(['alarm', 'quarantine']);

export type TriggerAction = z.infer<typeof action>;

/** What a line wants done without waiting for an operator. */
export const triggers = z.strictObject({
  /** Two devices seem to use one credential. */
  cloneSuspected: z._default(action, 'alarm'),
  /** A device publishes again and again what it may not. None: AWS IoT's own log is not listened to. */
  refusedPublishes: z.optional(action),
  /** An audit of Device Defender found that its credential is in other hands, or may be. An alarm, unless said. */
  foundByDefender: z.optional(action),
});
