import fc from 'fast-check';
import { sealKeyOf } from '../../../domain/audit/archive-layout.ts';
import { readSeal } from '../../../domain/audit/seal.ts';
import { type Verification, verifyArchive } from '../../../domain/audit/verification/verify-archive.ts';
import { NOON } from '../../builders/enrollment.ts';
import { inMemoryArchive, unpack } from '../../fakes/in-memory-archive.ts';
import { type Cut, PowerCut, SealingWorld } from '../../fakes/sealing-world.ts';

const QUARTER_HOUR_MS = 900_000;

const verify = ({ versions, key, now }: SealingWorld): Promise<Verification> =>
  verifyArchive(
    { archive: inMemoryArchive(versions, now), unpack, keys: [key.publicKey] },
    { first: 1, now, maxSilenceMs: QUARTER_HOUR_MS, witnesses: [], onProgress: () => undefined },
  );

/** Runs once, with a power cut or without. */
const runWith = async (world: SealingWorld, cut: Cut): Promise<'cut' | 'done'> => {
  try {
    await world.run(cut);
    return 'done';
  } catch (error) {
    if (error instanceof PowerCut) return 'cut';
    throw error;
  }
};

describe('Sealing', () => {
  test('seals what has come, an empty period too, and deletes what it has sealed', async () => {
    const world = new SealingWorld();
    world.stage('a', 'b');
    await world.run();
    world.now += QUARTER_HOUR_MS;
    await world.run();
    world.now += QUARTER_HOUR_MS;
    world.stage('c');
    await world.run();
    expect(world.archived).toEqual([['a', 'b'], [], ['c']]);
    expect(world.staged.size).toBe(0);
    expect(await verify(world)).toMatchObject({ isIntact: true, periods: 3, events: 3, vouchedFor: { from: NOON - QUARTER_HOUR_MS } });
  });

  test('covers runs that were missed by one longer period', async () => {
    const world = new SealingWorld();
    await world.run();
    world.now += 10 * QUARTER_HOUR_MS;
    world.stage('a');
    await world.run();
    expect(await verify(world)).toMatchObject({ isIntact: true, periods: 2, vouchedFor: { until: NOON + 10 * QUARTER_HOUR_MS } });
    expect(world.told).toContainEqual({ AuditSealLagSeconds: 9000 });
  });

  test('leaves out what comes again within hours, in the same batch or another', async () => {
    const world = new SealingWorld();
    world.stage('a', 'b');
    await world.run();
    for (let hour = 0; hour < 7; hour += 1) {
      world.now += 3_600_000;
      await world.run();
    }
    world.now += QUARTER_HOUR_MS;
    world.stage('b', 'c', 'c');
    await world.run();
    expect(world.archived.flat()).toEqual(['a', 'b', 'c']);
    expect(world.told.at(-1)).toEqual({ AuditEventsSealed: 1, AuditEventsDuplicate: 2 });
    expect(world.staged.size).toBe(0);
  });

  test('knows what it sealed in an earlier run of the same environment', async () => {
    const world = new SealingWorld();
    const run = world.aFunction();
    world.stage('a');
    await run();
    world.now += QUARTER_HOUR_MS;
    world.stage('a', 'b');
    await run();
    expect(world.archived).toEqual([['a'], ['b']]);
  });

  test('keeps what cannot be read where it is, and seals the rest', async () => {
    const world = new SealingWorld();
    world.staged.set('intake/2026-11-20/odd.jsonl.gz', { bytes: Buffer.from('no gzip'), storedAt: world.now });
    world.stage('a');
    await world.run();
    expect(world.archived).toEqual([['a']]);
    expect([...world.staged.keys()]).toEqual(['intake/2026-11-20/odd.jsonl.gz']);
    expect(world.faultLog.faults).toHaveLength(1);
  });

  test('copies each seal to where somebody else keeps it, and goes on where that takes none', async () => {
    const world = new SealingWorld();
    await world.run();
    const copies = world.published ?? new Map<number, string>();
    expect(copies.get(1)).toBe(world.versions.find(({ key }) => key === sealKeyOf(1))?.bytes?.toString());
    world.published = undefined;
    world.now += QUARTER_HOUR_MS;
    await world.run();
    expect(world.faultLog.faults.map(String)).toEqual(['Error: The seal of period 2 was not copied to the other bucket.']);
    world.published = copies;
    world.now += QUARTER_HOUR_MS;
    await world.run();
    expect([...copies.keys()]).toEqual([1, 3]);
    const witnesses = [...copies.values()].map(readSeal).filter((seal) => seal !== undefined);
    const missing = await verifyArchive(
      {
        archive: inMemoryArchive(
          world.versions.filter(({ key }) => key !== sealKeyOf(3)),
          world.now,
        ),
        unpack,
        keys: [world.key.publicKey],
      },
      { first: 1, now: world.now, maxSilenceMs: QUARTER_HOUR_MS, witnesses, onProgress: () => undefined },
    );
    expect(missing.flaws.map(({ kind, sequence }) => [kind, sequence])).toEqual([['end-missing', 3]]);
  });

  test('waits where the clock was set back', async () => {
    const world = new SealingWorld();
    await world.run();
    world.now -= 1;
    world.stage('a');
    await world.run();
    expect([world.archived, world.staged.size]).toEqual([[[]], 1]);
  });

  test('finds the end behind a delete marker, and does not fork the chain', async () => {
    const world = new SealingWorld();
    for (let period = 0; period < 5; period += 1) {
      world.now += QUARTER_HOUR_MS;
      await world.run();
    }
    for (const sequence of [3, 5])
      world.versions.unshift({ key: sealKeyOf(sequence), versionId: `m${sequence}`, bytes: undefined, period: undefined });
    world.now += QUARTER_HOUR_MS;
    await world.run();
    const { flaws, periods } = await verify(world);
    expect([periods, flaws.map(({ kind }) => kind)]).toEqual([6, ['delete-marker', 'delete-marker']]);
  });

  test('stops at what somebody else put in its place', async () => {
    const world = new SealingWorld();
    await world.run();
    world.versions.unshift({ key: sealKeyOf(2), versionId: 'forged', bytes: Buffer.from('{}'), period: undefined });
    world.stage('a');
    world.now += QUARTER_HOUR_MS;
    await expect(world.run()).rejects.toMatchObject({ code: 'ERR_FOREIGN_OBJECT' });
    expect(world.staged.size).toBe(1);
  });

  test.each([0, 1, 2, 3, 4, 7, 8, 9, 40])('finds the last of %d seals', async (count) => {
    const world = new SealingWorld();
    for (let period = 0; period < count; period += 1) {
      world.now += QUARTER_HOUR_MS;
      await world.run();
    }
    world.now += QUARTER_HOUR_MS;
    await world.run();
    expect(await verify(world)).toMatchObject({ isIntact: true, periods: count + 1 });
  });

  test('changes nothing in the end by failing at any of its requests', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1, outcome = 'cut'; outcome === 'cut'; at += 1) {
        const world = new SealingWorld();
        world.stage('a', 'b');
        await world.run();
        world.now += QUARTER_HOUR_MS;
        world.stage('b', 'c');
        world.stage('d');
        outcome = await runWith(world, { at, when });
        world.now += QUARTER_HOUR_MS;
        world.stage('e');
        await world.run();
        expect([at, when, world.archived.flat().toSorted(), world.staged.size]).toEqual([at, when, ['a', 'b', 'c', 'd', 'e'], 0]);
        expect(await verify(world)).toMatchObject({ isIntact: true, events: 5 });
      }
    }
  });

  test('holds each event once, however often its power fails and batches come again', async () => {
    const cut = fc.record({ at: fc.integer({ min: 1, max: 25 }), when: fc.constantFrom('before' as const, 'after' as const) });
    const step = fc.record({ ids: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }), cut: fc.option(cut, { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = new SealingWorld();
        for (const { ids, cut: failing } of steps) {
          world.now += 60_000;
          if (ids.length > 0) world.stage(...ids.map((id) => `event-${id}`));
          await (failing === undefined ? world.run() : runWith(world, failing));
        }
        world.now += 60_000;
        await world.run();
        const expected = [...new Set(steps.flatMap(({ ids }) => ids.map((id) => `event-${id}`)))].toSorted();
        expect([world.archived.flat().toSorted(), world.staged.size]).toEqual([expected, 0]);
        expect((await verify(world)).isIntact).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('may run twice at once', async () => {
    const world = new SealingWorld();
    world.stage('a');
    await Promise.all([world.run(), world.run()]);
    world.now += QUARTER_HOUR_MS;
    world.stage('b');
    await Promise.all([world.run(), world.run()]);
    expect([world.archived.flat(), world.staged.size]).toEqual([['a', 'b'], 0]);
    expect((await verify(world)).isIntact).toBe(true);
  });
});
