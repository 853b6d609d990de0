import { Power, PowerCut } from '../../fakes/power.ts';
import { calm, type CloudMoods, type RequestFate } from '../../fakes/rotation-cloud.ts';
import { createSecretRotationBench, type SecretRotationBench } from '../../fakes/secret-rotation-bench.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const asked = async (moods: Partial<CloudMoods> = {}): Promise<SecretRotationBench> => {
  const bench = await createSecretRotationBench();
  bench.cloud.moods = { ...calm, ...moods };
  bench.cloud.start('job-1', DAY_MS);
  return bench;
};

const leftovers = ({ medium }: SecretRotationBench): readonly string[] =>
  medium.fileNames.filter((name) => /partial|private-key|secrets/.test(name));

const lateSightings = { delay: (what: string) => (what === 'sighting' ? DAY_MS : 50) };

describe('a device without a certificate that is asked for another key', () => {
  test('has it alone once the cloud has committed', async () => {
    const bench = await asked();
    expect(await bench.run()).toEqual({ outcome: 'rotated', thingName: bench.thingName, rotation: 'job-1' });
    expect(await bench.keys()).toEqual(['key of job-1']);
    expect([bench.isLetIn('key of job-1'), bench.isLetIn('first key')]).toEqual([true, false]);
    expect(leftovers(bench)).toEqual([]);
    bench.cloud.start('job-2', DAY_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'rotated', rotation: 'job-2' });
    expect(await bench.keys()).toEqual(['key of job-2']);
  });

  test('has both in its file until then, the newer first, so that other programs find the one that counts', async () => {
    const bench = await asked(lateSightings);
    expect(await bench.run()).toMatchObject({ outcome: 'try-again' });
    expect(await bench.keys()).toEqual(['key of job-1', 'first key']);
  });

  test.each<RequestFate>(['answer-twice', 'answer-late', 'throttle', 'lose-request', 'lose-answer', 'close-before', 'close-after'])(
    'gets it though what it asks meets with: %s',
    async (fate) => {
      const fates = [fate, fate];
      const bench = await asked({ request: (topic) => (topic.endsWith('/credential/ask') ? (fates.shift() ?? 'answer') : 'answer') });
      expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
      expect(await bench.keys()).toEqual(['key of job-1']);
    },
  );

  test('goes back to what it had where the rotation is called off', async () => {
    const bench = await asked(lateSightings);
    await bench.run();
    bench.cloud.withdraw();
    await bench.time.advance(MINUTE_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'kept' });
    expect(await bench.keys()).toEqual(['first key']);
    expect(leftovers(bench)).toEqual([]);
  });

  test('keeps both where the job is over and the cloud goes on to accept both', async () => {
    const bench = await asked(lateSightings);
    await bench.run();
    bench.cloud.jobs.end('job-1', 'TIMED_OUT');
    expect(await bench.run()).toMatchObject({ outcome: 'kept' });
    expect(await bench.keys()).toEqual(['key of job-1', 'first key']);
    expect(leftovers(bench)).toEqual([]);
  });
});

const momentsOf = async (): Promise<number> => {
  const power = new Power();
  await (await asked()).run(power);
  return power.moments;
};

const moments = await momentsOf();

describe('a device without a certificate whose power is cut while it rotates', () => {
  test.each(Array.from({ length: moments }, (_, index) => index + 1))(
    'at moment %i has a key that is let in, and ends with the new one alone',
    async (moment) => {
      for (const keepsNames of [true, false]) {
        const bench = await asked();
        await bench.run(new Power(moment)).catch((error: unknown) => {
          if (!(error instanceof PowerCut)) throw error;
        });
        bench.medium.recover(keepsNames);
        expect((await bench.keys()).some(bench.isLetIn)).toBe(true);
        await bench.time.advance(MINUTE_MS);
        expect((await bench.keys()).some(bench.isLetIn)).toBe(true);
        expect(['rotated', 'nothing-to-do']).toContain((await bench.run()).outcome);
        expect({ keys: await bench.keys(), leftovers: leftovers(bench) }).toEqual({ keys: ['key of job-1'], leftovers: [] });
      }
    },
  );
});
