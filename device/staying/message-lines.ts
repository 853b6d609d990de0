import { isUtf8 } from 'node:buffer';
import * as z from 'zod/mini';
import type { ReceivedMessage } from '../mqtt/mqtt-session.ts';
import type { OutgoingMessage } from './outbox.ts';

const topic = z.string().check(z.minLength(1), z.maxLength(256), z.regex(/^[^+#]+$/));

const line = z.union([z.strictObject({ topic, payload: z.string() }), z.strictObject({ topic, payloadBase64: z.base64() })]);

/** A message to publish: `{"topic","payload"}`, or `payloadBase64` for what is no text; `undefined` when the line is none. */
export const parseMessageLine = (text: string): OutgoingMessage | undefined => {
  try {
    const parsed = z.parse(line, JSON.parse(text));
    const payload = 'payload' in parsed ? parsed.payload : Buffer.from(parsed.payloadBase64, 'base64');
    return { topic: parsed.topic, payload };
  } catch {
    return undefined;
  }
};

/** A message that came, in the same form. */
export const writeMessageLine = ({ topic: from, payload }: ReceivedMessage): string => {
  const bytes = Buffer.from(payload);
  return JSON.stringify(
    isUtf8(bytes) ? { topic: from, payload: bytes.toString('utf8') } : { topic: from, payloadBase64: bytes.toString('base64') },
  );
};
