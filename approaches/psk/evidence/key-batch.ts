import * as z from 'zod/mini';
import { lineName, thingName } from '../../../domain/identifiers.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { deviceKeyText, keyVersion, masterVersion } from './secret.ts';

const device = z.strictObject({
  serialNumber,
  thingName,
  key: deviceKeyText,
  /** Of the device's key, where it is not the batch's: for a device that was given away. */
  keyVersion: z.exactOptional(keyVersion),
});

const keyBatch = z.strictObject({
  schemaVersion: z.literal(1),
  approach: z.literal('psk'),
  line: lineName,
  /** Of the line's master key. */
  keyVersion: masterVersion,
  /** The authorizer that judges them, by its name. */
  authorizer: z.string(),
  /** The host that they connect to. */
  endpoint: z.string(),
  /** Begins every topic of theirs. */
  topicPrefix: z.string(),
  /** How long a connection lasts at most. */
  sessionSeconds: z.number(),
  devices: z.array(device),
});

/** Keys of devices on their way to who puts them there. It exists encrypted, and in memory. */
export type KeyBatch = z.infer<typeof keyBatch>;

/** Reads a batch from what was sealed; `undefined` where it is none. */
export const readKeyBatch = (text: string): KeyBatch | undefined => {
  try {
    return z.safeParse(keyBatch, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
