import * as fc from 'fast-check';
import { createOnboardingBench, type OnboardingBench } from '../fakes/onboarding-bench.ts';
import { Power, PowerCut } from '../fakes/power.ts';

const runUntilCut = async (bench: OnboardingBench, cutAt: number, keepsNames: boolean): Promise<void> => {
  const power = new Power(cutAt);
  await bench.run({ forgetsClaim: true }, power).catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
  if (power.isCut) bench.medium.recover(keepsNames);
};

const expectOnboarded = async (bench: OnboardingBench): Promise<void> => {
  expect(await bench.run({ forgetsClaim: true })).toMatchObject({ outcome: 'onboarded', configuration: { muster: '{"schemaVersion":1}' } });
  const [certificate, ...more] = bench.cloud.active;
  expect(more).toEqual([]);
  expect(bench.cloud.inUse).toBe(certificate?.id);
  expect(await bench.medium.fileSystem.readText('/state/device.certificate.pem')).toBe(certificate?.pem);
  expect(new Set([...bench.cloud.certificates.values()].map(({ key }) => key)).size).toBe(1);
  expect(bench.claim.isThere).toBe(false);
};

const countMoments = async (): Promise<number> => {
  const power = new Power();
  await createOnboardingBench().run({ forgetsClaim: true }, power);
  return power.moments;
};

const moments = await countMoments();

describe('a device whose power is cut', () => {
  test('has moments to be cut at: before and after each call that leaves a trace', () => {
    expect(moments).toBeGreaterThan(60);
  });

  test.each(Array.from({ length: moments }, (_, index) => index + 1))(
    'at moment %i ends onboarded, with one key and one active certificate',
    async (moment) => {
      for (const keepsNames of [true, false]) {
        const bench = createOnboardingBench();
        await runUntilCut(bench, moment, keepsNames);
        await expectOnboarded(bench);
      }
    },
  );

  test('again and again, at any moments, ends so too', async () => {
    const cuts = fc.array(fc.record({ cutAt: fc.integer({ min: 1, max: moments }), keepsNames: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (sequence) => {
        const bench = createOnboardingBench();
        for (const { cutAt, keepsNames } of sequence) await runUntilCut(bench, cutAt, keepsNames);
        await expectOnboarded(bench);
      }),
      { numRuns: 100, seed: 20_260_101 },
    );
  });
});
