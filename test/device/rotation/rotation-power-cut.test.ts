import { isPair } from '../../../device/store/key-pair.ts';
import { Power, PowerCut } from '../../fakes/power.ts';
import { createRotationBench, type RotationBench } from '../../fakes/rotation-bench.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const asked = async (): Promise<RotationBench> => {
  const bench = await createRotationBench();
  bench.cloud.start('job-1', DAY_MS);
  return bench;
};

const momentsOf = async (): Promise<number> => {
  const power = new Power();
  await (await asked()).run(power);
  return power.moments;
};

const runUntilCut = async (bench: RotationBench, cutAt: number, keepsNames: boolean): Promise<void> => {
  const power = new Power(cutAt);
  await bench.run(power).catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
  if (power.isCut) bench.medium.recover(keepsNames);
};

const expectAlive = async (bench: RotationBench): Promise<void> => {
  const { certificate, key } = await bench.inUse();
  expect(isPair(certificate, key)).toBe(true);
  expect((await bench.held()).some((pem) => bench.cloud.accepts(pem))).toBe(true);
};

const moments = await momentsOf();

describe('a device whose power is cut while it rotates', () => {
  test('has moments to be cut at: before and after each call that leaves a trace', () => {
    expect(moments).toBeGreaterThan(100);
  });

  test.each(Array.from({ length: moments }, (_, index) => index + 1))(
    'at moment %i has a pair that fits and one that is accepted, and ends with the new one alone',
    async (moment) => {
      for (const keepsNames of [true, false]) {
        const bench = await asked();
        await runUntilCut(bench, moment, keepsNames);
        await expectAlive(bench);
        await bench.time.advance(MINUTE_MS);
        await expectAlive(bench);
        expect(['rotated', 'nothing-to-do']).toContain((await bench.run()).outcome);
        await bench.time.advance(MINUTE_MS);
        const { certificate = '' } = await bench.inUse();
        expect({ active: bench.cloud.active.length, isTheOne: bench.cloud.accepts(certificate) }).toEqual({ active: 1, isTheOne: true });
        expect({ held: new Set(await bench.held()).size, isNew: certificate !== bench.first.certificatePem }).toEqual({
          held: 1,
          isNew: true,
        });
      }
    },
  );
});
