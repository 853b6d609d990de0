import * as z from 'zod/mini';
import { lengthPrefixed } from '../../../domain/length-prefixed.ts';
import type { RecoveryOccasion, RecoveryProof } from '../../../domain/recovery/recovery-ports.ts';

const base64 = (bytes: number) => z.string().check(z.maxLength(Math.ceil(bytes / 3) * 4), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));

/** A public key of RSA with 4,096 bits takes 550 bytes, its signature 512. */
const MAX_BYTES = 600;

const schema = z.strictObject({
  ticket: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  at: z.int().check(z.minimum(0)),
  key: base64(MAX_BYTES),
  signature: base64(MAX_BYTES),
});

/** Reads a password, or returns `undefined` where it is not what a device with a ticket sends. */
export const readRecoveryProof = (password: string): RecoveryProof | undefined => {
  try {
    return z.safeParse(schema, JSON.parse(password)).data;
  } catch {
    return undefined;
  }
};

export const writeRecoveryProof = ({ ticket, at, key, signature }: RecoveryProof): string => JSON.stringify({ ticket, at, key, signature });

const PURPOSE = 'muster recovery 1';

/** What the device signs: the ticket, the time, and the one connection that it is for, at the one endpoint. */
export const recoveryText = ({ ticket, at }: Pick<RecoveryProof, 'ticket' | 'at'>, occasion: RecoveryOccasion): Buffer =>
  lengthPrefixed([PURPOSE, occasion.serverName, occasion.clientId, occasion.thingName, String(at), ticket]);
