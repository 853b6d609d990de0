import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type KeyDigest, keyDigest, type LineName } from '../../../domain/identifiers.ts';
import { lengthPrefixed } from '../../../domain/length-prefixed.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { masterVersionOf } from './key-version.ts';

const PURPOSE = 'muster psk device key v1';

/** Of HMAC-SHA-256, and so of a device's key. */
export const KEY_BYTES = 32;

/** What names one key of one device. */
export interface DeviceKeyName {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  /** From 1. */
  readonly keyVersion: number;
}

/**
 * What the line's master key makes the device's key of: the purpose, line, serial number and version, each after its length.
 * A key of HMAC-SHA-256 is a pseudorandom function (RFC 2104, RFC 5869 §2.3), so that nothing follows from one for another.
 */
export const derivationText = ({ line, serialNumber, keyVersion }: DeviceKeyName): Buffer =>
  lengthPrefixed([PURPOSE, line, serialNumber, String(keyVersion)]);

/** What that is asked of: the master key, by its line and version, and the text. */
export const derivationOf = (name: DeviceKeyName) => ({
  line: name.line,
  keyVersion: masterVersionOf(name.keyVersion),
  text: derivationText(name),
});

/** What a key may be called in public: it depends on its name alone, and tells nothing of the key. */
export const keyIdOf = (name: DeviceKeyName): KeyDigest =>
  z.parse(keyDigest, createHash('sha256').update(derivationText(name)).digest('hex'));

/**
 * Makes a device's key, 32 bytes, from its line's master key, which nobody can read. Rejects when `signal` aborts, and where
 * there is no such master key.
 */
export type DeriveKey = (name: DeviceKeyName, signal?: AbortSignal) => Promise<Uint8Array>;
