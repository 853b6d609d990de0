import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { lineName, thingName } from '../identifiers.ts';
import { serialNumber } from '../serial-number.ts';

/** What a device takes to come back whose certificate is over: a file that two people made, worth one connection. */
export const recoveryTicket = z.object({
  schemaVersion: z.literal(1),
  serialNumber,
  line: lineName,
  thingName,
  template: z.string(),
  clientIdPrefix: z.string(),
  /** Whom the device asks to be let in. */
  authorizer: z.string(),
  /** `host` or `host:port`; port 443 unless said. */
  endpoint: z.string(),
  /** 32 random bytes, base64url. */
  ticket: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});

export type RecoveryTicket = z.infer<typeof recoveryTicket>;

/** All that is kept of a ticket: SHA-256 of its text, in hexadecimal digits. */
export const ticketDigestOf = (ticket: string): string => createHash('sha256').update(ticket, 'utf8').digest('hex');
