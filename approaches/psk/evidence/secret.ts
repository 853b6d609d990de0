import * as z from 'zod/mini';
import { MAX_KEY_VERSION, MAX_MASTER_VERSION } from '../evidence.ts';

/** 32 bytes in base64url have one spelling of 43 characters (RFC 4648 §3.5). */
export const deviceKeyText = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

export const masterVersion = z.int().check(z.minimum(1), z.maximum(MAX_MASTER_VERSION));

export const keyVersion = z.int().check(z.minimum(1), z.maximum(MAX_KEY_VERSION));

const deviceKey = z.strictObject({ version: keyVersion, key: deviceKeyText });

const secret = z.strictObject({
  keys: z.array(deviceKey).check(
    z.minLength(1),
    z.maxLength(8),
    z.refine((keys) => new Set(keys.map(({ version }) => version)).size === keys.length),
  ),
  /** The version to use; the newest unless said. */
  use: z.exactOptional(keyVersion),
});

/** What a device was given: its keys, each with its version, in base64url. */
export type PskSecret = z.infer<typeof secret>;
export type DeviceKey = z.infer<typeof deviceKey>;

/** Reads the member `secret` of a credential file; `undefined` where it is none of PSK. */
export const readPskSecret = (raw: unknown): PskSecret | undefined => z.safeParse(secret, raw).data;

const renewed = z.pipe(
  z.object({ key: deviceKeyText, keyVersion }),
  z.transform(({ key, keyVersion: version }): DeviceKey => ({ version, key })),
);

/** Reads a key that the cloud sealed for its device while it replaces another; `undefined` where it is none. */
export const readRenewedKey = (text: string): DeviceKey | undefined => {
  try {
    return z.safeParse(renewed, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
