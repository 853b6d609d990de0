import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unpack } from '../../cli/audit/unpack.ts';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { sealKeyOf } from '../../domain/audit/archive-layout.ts';
import { type Period, closePeriod, gatherEvents, placeAfter, sealPeriod } from '../../domain/audit/seal-period.ts';
import { type SealSigner, type SignedSeal, sealText } from '../../domain/audit/seal.ts';
import { readStagedLine } from '../../domain/audit/staged-line.ts';
import { verifyArchive } from '../../domain/audit/verification/verify-archive.ts';
import { auditEvents } from '../audit-events.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';

const PERIODS = 20;
const EVENTS_A_PERIOD = 5000;
const EVENTS = PERIODS * EVENTS_A_PERIOD;
const PERIOD_MS = 900_000;
const WARM_UP_ROUNDS = 2;

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer: SealSigner = { keyId: 'bench', sign: (message) => Promise.resolve(sign('sha256', message, privateKey)) };

/** The lines of each period, as they wait to be sealed. */
const stagedLines = (): readonly (readonly string[])[] => {
  const lines = auditEvents(EVENTS).flatMap((event) => acceptEvent(event)?.line ?? []);
  return Array.from({ length: PERIODS }, (_, period) => lines.slice(period * EVENTS_A_PERIOD, (period + 1) * EVENTS_A_PERIOD));
};

interface Sealed {
  readonly period: Period;
  readonly signed: SignedSeal;
  readonly bytes: Buffer;
}

/** Seals all; what is stored of each was packed before, which costs what packing costs. */
const sealAll = async (staged: readonly (readonly string[])[], packed: readonly Buffer[]): Promise<readonly Sealed[]> => {
  const all: Sealed[] = [];
  for (const [index, lines] of staged.entries()) {
    const place = placeAfter(all.at(-1)?.signed.seal, 0);
    const events = lines.flatMap((line) => readStagedLine(line) ?? []);
    const { text } = gatherEvents(events, () => false);
    const period = closePeriod(place, place.from + PERIOD_MS, text);
    const bytes = packed[index];
    if (period === undefined || bytes === undefined) throw new Error('A period was not sealed.');
    all.push({ period, bytes, signed: await sealPeriod(period, { versionId: 'v', sha256: hash('sha256', bytes) }, signer) });
  }
  return all;
};

const verifyAll = async (sealed: readonly Sealed[]): Promise<void> => {
  const objects = new Map(
    sealed.flatMap(({ period, signed, bytes }): readonly [string, Buffer][] => [
      [period.key, bytes],
      [sealKeyOf(period.sequence), Buffer.from(sealText(signed))],
    ]),
  );
  const archive = {
    async *list() {
      await Promise.resolve();
      for (const key of objects.keys()) yield { key, versionId: 'v', isDeleteMarker: false, storedAt: PERIODS * PERIOD_MS };
    },
    read: ({ key }: { readonly key: string }) => Promise.resolve(objects.get(key)),
  };
  const wish = { first: 1, now: PERIODS * PERIOD_MS, maxSilenceMs: 0, witnesses: [], onProgress: () => undefined };
  const { isIntact, events } = await verifyArchive({ archive, unpack, keys: [publicKey] }, wish);
  if (!isIntact || events !== EVENTS) throw new Error('What was sealed is not as it was sealed.');
};

/** Processor time of this thread: neither what else the machine does is in it, nor what zlib does beside. */
const timed = async (act: () => unknown): Promise<number> => {
  const begun = process.threadCpuUsage();
  await act();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1000;
};

const NODE_BYTES = 65;

/** SHA-256 and nothing else: of each event, as often of a node, of which a tree has one less than events, and of what is stored. */
const bareHashing = (staged: readonly (readonly string[])[], packed: readonly Buffer[]): (() => void) => {
  const events = staged.flat().map((line) => Buffer.from(line));
  const node = Buffer.alloc(NODE_BYTES);
  return () => {
    for (const event of events) hash('sha256', event);
    for (let nodes = events.length; nodes > 0; nodes -= 1) hash('sha256', node);
    for (const bytes of packed) hash('sha256', bytes);
  };
};

const microseconds = (ms: number): string => ((ms * 1000) / EVENTS).toFixed(2);

/** Takes one side after the other, and says what the first takes of the second. */
const ratio = async (measured: () => unknown, bare: () => unknown, told: string) => {
  const rounds: { measuredMs: number; bareMs: number }[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1)
    rounds.push({ measuredMs: await timed(measured), bareMs: await timed(bare) });
  const counted = rounds.slice(WARM_UP_ROUNDS);
  const [measuredMs, bareMs] = [median(counted.map((round) => round.measuredMs)), median(counted.map((round) => round.bareMs))];
  const rate = ((EVENTS / measuredMs) * 1000).toFixed(0);
  return {
    values: counted.map((round) => round.measuredMs / round.bareMs),
    absolute: `${rate} events/s: ${microseconds(measuredMs)} µs an event against ${microseconds(bareMs)}; ${told}`,
  };
};

const packedOf = (staged: readonly (readonly string[])[]): readonly Buffer[] =>
  staged.map((lines) => gzipSync(lines.map((line) => `${line}\n`).join('')));

export const sealRate: Figure = {
  name: 'seal-rate',
  what: `time of the thread that seals ${EVENTS} events (reads back, puts in order, hashes into trees, signs) against bare SHA-256 of the same bytes`,
  unit: 'x',
  limit: { atMost: 3 },
  sample: async () => {
    const staged = stagedLines();
    const packed = packedOf(staged);
    const packingMs = await timed(() => packedOf(staged));
    return ratio(() => sealAll(staged, packed), bareHashing(staged, packed), `gzip takes ${microseconds(packingMs)} µs more`);
  },
};

export const verifyRate: Figure = {
  name: 'verify-rate',
  what: `time of the thread that verifies ${EVENTS} events as they are stored (hashes into trees, compares, checks signatures) against bare SHA-256 of the same bytes`,
  unit: 'x',
  limit: { atMost: 3 },
  sample: async () => {
    const staged = stagedLines();
    const packed = packedOf(staged);
    const sealed = await sealAll(staged, packed);
    const unpackingMs = await timed(() => packed.map((bytes) => gunzipSync(bytes)));
    return ratio(() => verifyAll(sealed), bareHashing(staged, packed), `beside it zlib unpacks, ${microseconds(unpackingMs)} µs`);
  },
};
