import * as z from 'zod/mini';
import type { ConnectionPresentation } from '../../domain/connection/connection-presentation.ts';

// AWS IoT allows 128 bytes in a client id; a thing's name and the paths that a configuration takes are visible ASCII.
const clientId = z.string().check(z.regex(/^[!-~]{1,128}$/));
const username = z.string().check(z.regex(/^[ -~]{0,2048}$/));
const MAX_PASSWORD_BYTES = 12_288;
const base64 = z
  .string()
  .check(z.maxLength(Math.ceil(MAX_PASSWORD_BYTES / 3) * 4), z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/));
const serverName = z.string().check(z.regex(/^[A-Za-z0-9.-]{1,253}$/));

/** What AWS IoT tells of a connection by MQTT (DG, "Defining your Lambda function"); a key that AWS adds one day is not read. */
const event = z.object({
  protocolData: z.object({
    tls: z.object({ serverName }),
    mqtt: z.object({ username: z.optional(username), password: z.optional(base64), clientId }),
  }),
  connectionMetadata: z.object({ id: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)) }),
});

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads an authorizer's event, or returns `undefined` for anything that is none. */
export const readPresentation = (input: unknown, at: number): ConnectionPresentation | undefined => {
  const read = z.safeParse(event, input).data;
  if (read === undefined) return undefined;
  const { tls, mqtt } = read.protocolData;
  const password = decode(mqtt.password ?? '');
  if (password === undefined) return undefined;
  return {
    at,
    connectionId: read.connectionMetadata.id,
    serverName: tls.serverName,
    clientId: mqtt.clientId,
    // The authorizer is named in a query string behind it, which AWS IoT leaves where it is.
    username: (mqtt.username ?? '').split('?', 1)[0] ?? '',
    password,
  };
};

const decode = (text: string): string | undefined => {
  const bytes = Buffer.from(text, 'base64');
  // RFC 4648 §3.5: one text for the same bytes, and no other.
  if (bytes.toString('base64') !== text) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};
