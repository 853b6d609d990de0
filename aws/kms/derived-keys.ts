import { GenerateMacCommand, KMSClient, MacAlgorithmSpec } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import type { LineName } from '../../domain/identifiers.ts';

/** What is made of a master key: which, and of what text (1 to 4,096 bytes). */
export interface Derivation {
  readonly line: LineName;
  readonly keyVersion: number;
  readonly text: Buffer;
}

export type DeriveByKms = (derivation: Derivation, signal?: AbortSignal) => Promise<Uint8Array>;

const KEY_BYTES = 32;

const made = z.object({ Mac: z.instanceof(Uint8Array).check(z.refine((mac) => mac.byteLength === KEY_BYTES)) });

/**
 * Makes keys from master keys that never leave KMS: HMAC-SHA-256, 32 bytes. Each master key goes by the alias of its line and
 * version, which is also what IAM allows.
 */
export const createKmsDerivedKeys =
  (client: KMSClient, aliasOf: (line: LineName, keyVersion: number) => string): DeriveByKms =>
  async ({ line, keyVersion, text }, abortSignal) => {
    const command = new GenerateMacCommand({
      KeyId: aliasOf(line, keyVersion),
      Message: text,
      MacAlgorithm: MacAlgorithmSpec.HMAC_SHA_256,
    });
    return z.parse(made, await client.send(command, abortSignal === undefined ? {} : { abortSignal })).Mac;
  };

/**
 * A client whose every try ends while a device waits at the other end: AWS IoT gives an authorizer 5 s, and after this comes
 * a write. Two tries of 700 ms stay below 2 s with the back-off between them.
 */
export const createImpatientKmsClient = (): KMSClient =>
  new KMSClient({
    maxAttempts: 2,
    // Without `throwOnRequestTimeout` a request timeout is only a warning.
    requestHandler: { connectionTimeout: 700, requestTimeout: 700, throwOnRequestTimeout: true },
  });

/** A client for work that nobody waits for. */
export const createKmsClient = (): KMSClient => new KMSClient();
