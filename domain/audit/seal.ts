import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../parse-json.ts';
import { canonicalJson } from './canonical-json.ts';

// The last digit of base64 has bits that mean nothing: any but zero is another text for the same bytes.
const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const instant = z.int().check(z.minimum(0));

const seal = z.strictObject({
  version: z.literal(1),
  /** From 1, without a gap. */
  sequence: z.int().check(z.minimum(1)),
  /** The `until` of the seal before, in milliseconds since the epoch. */
  from: instant,
  /** What had arrived by then is in this period or in one before, whenever it happened. */
  until: instant,
  /** The digest of the seal before; zeros where there is none. */
  previous: digest,
  /** The Merkle tree hash (RFC 9162 §2.1.1) over the lines of the events object. */
  root: digest,
  count: z.int().check(z.minimum(0)),
  /** The events object: where it is, and SHA-256 of it as it is stored. */
  object: z.strictObject({ key: z.string(), versionId: z.string(), sha256: digest }),
  /** What the signing key is called where it is kept. */
  signedBy: z.string(),
});

const signedSeal = z.strictObject({
  seal,
  /** ECDSA on P-256 with SHA-256 over the canonical form of `seal`: DER, in base64. */
  signature: z.string().check(z.refine(isBase64)),
});

/** What is certified of a period, and of all before it. */
export type Seal = z.infer<typeof seal>;
export type SignedSeal = z.infer<typeof signedSeal>;

/** What signs seals. */
export interface SealSigner {
  readonly keyId: string;
  /** ECDSA on P-256 with SHA-256 over at most 4,096 bytes; in DER. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Keeps copies of seals where those who run the deployment cannot change them. */
export interface SealWitness {
  /** Keeps what is stored of a seal, unless there is one of that number. */
  keep(sequence: number, seal: Uint8Array): Promise<void>;
}

/** What the first seal has as `previous`. */
export const NO_SEAL = '0'.repeat(64);

/** What a signature of a seal is over. */
export const signedBytes = (one: Seal): Buffer => Buffer.from(canonicalJson(one));

/** The digest that the next seal has as `previous`. */
export const sealDigest = (one: Seal): string => hash('sha256', signedBytes(one));

/** A signed seal as it is stored: its canonical form. */
export const sealText = (one: SignedSeal): string => canonicalJson(one);

/** A signed seal that was stored; `undefined` for any text that is not, character by character, how one is stored. */
export const readSeal = (text: string): SignedSeal | undefined => {
  const parsed = z.safeParse(signedSeal, parseJson(text));
  return parsed.success && sealText(parsed.data) === text ? parsed.data : undefined;
};
