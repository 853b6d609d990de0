import { type KeyObject, generateKeyPairSync, hash, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { sealKeyOf } from '../../domain/audit/archive-layout.ts';
import { closePeriod, gatherEvents, placeAfter, sealPeriod } from '../../domain/audit/seal-period.ts';
import { type SealSigner, type SignedSeal, sealText } from '../../domain/audit/seal.ts';
import { NOON, anEvent } from './enrollment.ts';

const QUARTER_HOUR_MS = 900_000;

/** A key that signs seals, as KMS would. */
export const aSealKey = (keyId = 'arn:aws:kms:eu-west-1:111122223333:key/seals') => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer: SealSigner = { keyId, sign: (message) => Promise.resolve(sign('sha256', message, privateKey)) };
  return { signer, publicKey };
};

/** One version of an object, or a delete marker where there are no bytes. */
export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: Buffer | undefined;
}

/** History that was sealed as the sealing function does it. */
export interface SealedArchive {
  /** Newest first where a key has several, as S3 lists them. */
  readonly versions: readonly StoredVersion[];
  readonly seals: readonly SignedSeal[];
  readonly publicKey: KeyObject;
  readonly signer: SealSigner;
  /** When the last period ended. */
  readonly until: number;
}

/** Stores an object, and answers which version of it that is. */
type Store = (key: string, bytes: Buffer) => Promise<string>;

const numberedVersions = (): Store => {
  let stored = 0;
  return () => Promise.resolve(`v${stored++}`);
};

/** Periods of a quarter of an hour with so many events each, none included. */
export const aSealedArchive = async (
  eventCounts: readonly number[],
  { signer, publicKey }: Pick<SealedArchive, 'signer' | 'publicKey'> = aSealKey(),
  store = numberedVersions(),
): Promise<SealedArchive> => {
  const versions: StoredVersion[] = [];
  const seals: SignedSeal[] = [];
  const put = async (key: string, bytes: Buffer): Promise<string> => {
    const versionId = await store(key, bytes);
    versions.push({ key, versionId, bytes });
    return versionId;
  };
  for (const [index, count] of eventCounts.entries()) {
    const place = placeAfter(seals.at(-1)?.seal, NOON);
    const period = closePeriod(place, place.from + QUARTER_HOUR_MS, textOf(index, place.from, count));
    if (period === undefined) throw new Error('A period ends where it begins.');
    const bytes = gzipSync(period.text);
    const sealed = await sealPeriod(period, { versionId: await put(place.key, bytes), sha256: hash('sha256', bytes) }, signer);
    await put(sealKeyOf(place.sequence), Buffer.from(sealText(sealed)));
    seals.push(sealed);
  }
  return { versions, seals, signer, publicKey, until: seals.at(-1)?.seal.until ?? NOON };
};

const textOf = (index: number, from: number, count: number): Buffer => {
  const events = Array.from({ length: count }, (_, event) =>
    acceptEvent({ ...anEvent({ id: `event-${index}-${event}`, at: from + event }) }),
  );
  return gatherEvents(
    events.filter((event) => event !== undefined),
    () => false,
  ).text;
};
