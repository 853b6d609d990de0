import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, hash, sign } from 'node:crypto';

interface Pair {
  readonly privateKey: KeyObject;
  /** DER of PKCS #1, as ListPublicKeys answers it. */
  readonly publicKey: Buffer;
  readonly fingerprint: string;
  readonly madeAtMs: number;
}

/** The region's key for digests. It is made when it is first needed, since it costs tens of milliseconds. */
export class DigestKey {
  #pair: Pair | undefined;

  /** MD5 of the public key in hex, by which ListPublicKeys names it (CloudTrail API Reference, PublicKey). */
  fingerprint(nowMs: number): string {
    return this.#have(nowMs).fingerprint;
  }

  /** RSASSA-PKCS1-v1_5 with SHA-256, in hex. */
  sign(text: string, nowMs: number): string {
    return sign('sha256', Buffer.from(text), this.#have(nowMs).privateKey).toString('hex');
  }

  /** Undefined while nothing was signed. */
  get published(): Omit<Pair, 'privateKey'> | undefined {
    return this.#pair;
  }

  #have(nowMs: number): Pair {
    this.#pair ??= makePair(nowMs);
    return this.#pair;
  }
}

const makePair = (madeAtMs: number): Pair => {
  const { privateKey, publicKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = key.export({ format: 'der', type: 'pkcs1' });
  return { privateKey, publicKey, fingerprint: hash('md5', publicKey), madeAtMs };
};
