import type { Clock } from '../../clock.ts';
import type { Client } from './client.ts';
import { quotas } from './quotas.ts';

/** Hands out stored messages second by second until none is left or the client has gone. */
export const storedMessagePacing = (clock: Clock, client: Client): void => {
  if (client.isEnded || !client.session.queue.hasStored) return;
  client.session.queue.handOut(quotas.storedMessagesPerSecond, clock.now());
  clock.setTimer(() => {
    storedMessagePacing(clock, client);
  }, 1000);
};
