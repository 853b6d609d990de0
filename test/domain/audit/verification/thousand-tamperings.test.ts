import { type VerificationWish, verifyArchive } from '../../../../domain/audit/verification/verify-archive.ts';
import { type SealedArchive, type StoredVersion, aSealedArchive } from '../../../builders/sealed-archive.ts';
import { inMemoryArchive, unpack } from '../../../fakes/in-memory-archive.ts';
import { seededRandom } from '../../../fakes/seeded-random.ts';
import { tamperings } from './tamperings.ts';

const ROUNDS = 50;

const random = seededRandom(20_261_120);
const pick = (below: number): number => Math.floor(random() * below);

/** Checks all of it as it is done in operation: with the head that the sealing function keeps elsewhere. */
const verifyAll = ({ seals, publicKey, until }: SealedArchive, versions: readonly StoredVersion[], wish: Partial<VerificationWish> = {}) =>
  verifyArchive(
    { archive: inMemoryArchive(versions), unpack, keys: [publicKey] },
    { first: 1, now: until, maxSilenceMs: 3_600_000, witnesses: seals.slice(-1), onProgress: () => undefined, ...wish },
  );

describe('Verification of sealed history', () => {
  const kinds = Object.entries(tamperings);
  const table: string[] = [];

  afterAll(() => {
    process.stdout.write(`${['tampering'.padEnd(52), 'done  found  at the right period', ...table].join('\n')}\n`);
  });

  test.each(kinds)(`finds each of ${ROUNDS}: %s`, async (name, tamper) => {
    let [found, located] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      const archive = await aSealedArchive([2, ...Array.from({ length: 1 + pick(8) }, () => pick(6))]);
      const { versions, sequence } = await tamper(archive, pick);
      const { isIntact, flaws } = await verifyAll(archive, versions);
      found += isIntact ? 0 : 1;
      located += flaws[0]?.sequence === sequence ? 1 : 0;
    }
    table.push(`${name.padEnd(52)}  ${ROUNDS}     ${found}     ${located}`);
    expect([found, located]).toEqual([ROUNDS, ROUNDS]);
  });

  test('makes at least a thousand', () => {
    expect(kinds.length * ROUNDS).toBeGreaterThanOrEqual(1000);
  });

  test('finds nothing in history that nobody touched', async () => {
    for (let round = 0; round < 200; round += 1) {
      const archive = await aSealedArchive(Array.from({ length: 1 + pick(10) }, () => pick(8)));
      const { isIntact, flaws, vouchedFor, events } = await verifyAll(archive, archive.versions);
      expect({ isIntact, flaws }).toEqual({ isIntact: true, flaws: [] });
      expect(vouchedFor?.until).toBe(archive.until);
      expect(events).toBe(archive.seals.reduce((sum, { seal }) => sum + seal.count, 0));
    }
  });
});
