import type { ReceivedMessage } from './message.ts';

/** What the service itself says of a received message; times in milliseconds, as text. */
export const systemAttributes = (message: ReceivedMessage): Readonly<Record<string, string>> => ({
  SenderId: message.senderId,
  SentTimestamp: String(message.sentAtMs),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
});
