import { isPair } from '../../../device/store/key-pair.ts';
import { MqttSessionError } from '../../../device/mqtt/mqtt-session.ts';
import type { CloudMoods, RequestFate } from '../../fakes/rotation-cloud.ts';
import { calm } from '../../fakes/rotation-cloud.ts';
import { createRotationBench, type RotationBench } from '../../fakes/rotation-bench.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const asked = async (moods: Partial<CloudMoods> = {}): Promise<RotationBench> => {
  const bench = await createRotationBench();
  bench.cloud.moods = { ...calm, ...moods };
  bench.cloud.start('job-1', DAY_MS);
  return bench;
};

/** What becomes of the requests to topics that end so, one after the other; of all others, what the cloud does by itself. */
const fates = (ending: string, ...list: readonly RequestFate[]): Pick<CloudMoods, 'request'> => {
  const left = [...list];
  return { request: (topic) => (topic.endsWith(ending) ? (left.shift() ?? 'answer') : 'answer') };
};

const expectNewAlone = async (bench: RotationBench): Promise<void> => {
  await bench.time.advance(HOUR_MS);
  const { certificate = '', key } = await bench.inUse();
  expect(isPair(certificate, key)).toBe(true);
  expect({ isNew: certificate !== bench.first.certificatePem, isAccepted: bench.cloud.accepts(certificate) }).toEqual({
    isNew: true,
    isAccepted: true,
  });
  expect({ active: bench.cloud.active.length, held: new Set(await bench.held()).size }).toEqual({ active: 1, held: 1 });
};

const expectOldAlone = async (bench: RotationBench): Promise<void> => {
  await bench.time.advance(HOUR_MS);
  const { certificate = '', key } = await bench.inUse();
  expect(isPair(certificate, key)).toBe(true);
  expect({ isOld: certificate === bench.first.certificatePem, isAccepted: bench.cloud.accepts(certificate) }).toEqual({
    isOld: true,
    isAccepted: true,
  });
  expect({ active: bench.cloud.active.length, held: new Set(await bench.held()).size }).toEqual({ active: 1, held: 1 });
};

const reportsOn = (bench: RotationBench): readonly unknown[] =>
  bench.cloud.asks.flatMap(({ topic, body }) => (topic.endsWith('/update') ? [body] : []));

describe('a device that is asked for another credential', () => {
  test('has it in place, and nothing of the old one, once the cloud has committed', async () => {
    const bench = await asked();
    expect(await bench.run()).toEqual({ outcome: 'rotated', thingName: bench.thingName, rotation: 'job-1' });
    await expectNewAlone(bench);
    expect(bench.cloud.enrollment).toMatchObject({ state: 'active', toRetire: [] });
    expect(bench.medium.fileNames.filter((name) => name.includes('partial'))).toEqual([]);
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('hears when the cloud has committed, and asks how it ended and nothing else', async () => {
    const bench = await asked({ delay: (what) => (what === 'job' ? 2_000 : 100) });
    const before = bench.time.now();
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    expect(bench.time.now() - before).toBeLessThan(5_000);
    expect(bench.cloud.asks.map(({ topic }) => topic.split('/').slice(-2).join('/'))).toEqual([
      ...['$next/get', 'job-1/update', 'credential/ask'],
      ...['job-1/get', 'job-1/update'],
    ]);
  });

  test('asks by itself where nobody says so', async () => {
    const bench = await asked(fates('/jobs/notify', 'lose-answer'));
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });

  test('rotates again and again, from one place to the other', async () => {
    const bench = await asked();
    const seen = new Set<string | undefined>();
    for (let round = 1; round <= 4; round += 1) {
      expect(await bench.run()).toMatchObject({ outcome: 'rotated', rotation: `job-${round}` });
      await expectNewAlone(bench);
      seen.add((await bench.inUse()).certificate);
      bench.cloud.start(`job-${round + 1}`, DAY_MS);
    }
    expect(seen.size).toBe(4);
  });

  test.each<RequestFate>(['answer-twice', 'answer-late', 'throttle', 'lose-request', 'lose-answer', 'close-before', 'close-after'])(
    'rotates though its requests meet with: %s',
    async (fate) => {
      for (const ending of ['/$next/get', '/job-1/get', '/job-1/update', '/credential/ask']) {
        const bench = await asked(fates(ending, fate, fate));
        expect([ending, await bench.run()]).toEqual([ending, { outcome: 'rotated', thingName: bench.thingName, rotation: 'job-1' }]);
        await expectNewAlone(bench);
      }
    },
  );

  test.each([0, 4_102_444_800_000])('decides nothing by its own clock, even if that shows %d', async (shown) => {
    const bench = await asked();
    bench.time.ahead.device = shown - bench.time.now();
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });

  test('gives up in time where the cloud is silent, keeps both, and goes on another time', async () => {
    const bench = await asked({ delay: (what) => (what === 'sighting' ? HOUR_MS : 50) });
    const before = bench.time.now();
    expect(await bench.run()).toMatchObject({ outcome: 'try-again' });
    expect(bench.time.now() - before).toBeLessThan(HOUR_MS / 2);
    expect((await bench.inUse()).certificate).toBe(bench.first.certificatePem);
    expect(new Set(await bench.held()).size).toBe(2);
    await bench.time.advance(HOUR_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });

  test('makes one key for one rotation, however often it asks', async () => {
    const bench = await asked(fates('/credential/ask', 'lose-answer', 'lose-answer', 'lose-answer'));
    await bench.run();
    const offers = bench.cloud.asks.filter(({ topic }) => topic.endsWith('/credential/ask')).length;
    expect({ offers, certificates: bench.cloud.statuses.size }).toEqual({ offers: 4, certificates: 2 });
  });

  test('keeps what it has where the cloud gives nothing, and says so to the planner', async () => {
    const bench = await asked();
    bench.cloud.moods = { ...calm, ...fates('/credential/ask', { payload: '{"outcome":"refused","rotation":"job-1"}' }) };
    expect(await bench.run()).toMatchObject({ outcome: 'kept' });
    expect(bench.cloud.jobs.statusOf('job-1')).toBe('FAILED');
    bench.cloud.withdraw();
    await expectOldAlone(bench);
  });

  test('is told nothing to do while nobody asks', async () => {
    expect(await (await createRotationBench()).run()).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('is refused, and touches nothing, where it is not let in', async () => {
    const bench = await asked({ connect: () => new MqttSessionError('refused', 'Not authorized') });
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    expect((await bench.inUse()).certificate).toBe(bench.first.certificatePem);
  });
});

describe('bad input', () => {
  test.each<unknown>([
    { operation: 'firmware-update', schemaVersion: 1, until: DAY_MS },
    { operation: ['muster.rotate-credential'], schemaVersion: 1, until: DAY_MS },
    'garbage',
    null,
    [],
    { operation: `muster.rotate-credential${'x'.repeat(30_000)}` },
  ])('of a job is left to whom it may concern: %#', async (document) => {
    const bench = await createRotationBench();
    bench.cloud.jobs.create('job-1', document);
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
    expect(bench.cloud.jobs.statusOf('job-1')).toBe('QUEUED');
    expect(reportsOn(bench)).toEqual([]);
  });

  test.each<unknown>([
    { operation: 'muster.rotate-credential', schemaVersion: 2, until: DAY_MS },
    { operation: 'muster.rotate-credential', schemaVersion: 1, until: 'never' },
    { operation: 'muster.rotate-credential' },
  ])('of a job that is ours is turned down, and the next one is followed: %#', async (document) => {
    const bench = await createRotationBench();
    bench.cloud.jobs.create('job-0', document);
    bench.cloud.start('job-1', DAY_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'rotated', rotation: 'job-1' });
    expect(bench.cloud.jobs.statusOf('job-0')).toBe('REJECTED');
  });

  test('that is a job for a rotation which there is not ends with what the device has', async () => {
    const bench = await createRotationBench();
    bench.cloud.jobs.create('replayed', { operation: 'muster.rotate-credential', schemaVersion: 1, until: 2 ** 45 });
    expect(await bench.run()).toMatchObject({ outcome: 'kept', rotation: 'replayed' });
    expect(bench.cloud.jobs.statusOf('replayed')).toBe('FAILED');
    await expectOldAlone(bench);
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('that is a job whose time is over is not followed', async () => {
    const bench = await createRotationBench();
    bench.cloud.jobs.create('late', { operation: 'muster.rotate-credential', schemaVersion: 1, until: bench.time.cloudNow });
    expect(await bench.run()).toMatchObject({ outcome: 'kept', message: 'The time for it is over.' });
    await expectOldAlone(bench);
  });

  const certificatePem = async () => (await createRotationBench()).first.certificatePem;

  test.each<readonly [string, () => Promise<string> | string]>([
    ['no JSON', () => '{'],
    ['too long', () => JSON.stringify({ outcome: 'refused', rotation: 'job-1', more: 'x'.repeat(200_000) })],
    ['for another rotation', () => '{"outcome":"refused","rotation":"job-2"}'],
    ['without a certificate', () => '{"outcome":"given","rotation":"job-1","credential":{}}'],
    ['with a certificate that is none', () => '{"outcome":"given","rotation":"job-1","credential":{"certificatePem":"x"}}'],
    [
      'with a certificate for another key',
      async () => JSON.stringify({ outcome: 'given', rotation: 'job-1', credential: { certificatePem: await certificatePem() } }),
    ],
  ])('that is an answer %s is no answer', async (_, payload) => {
    const bench = await asked(fates('/credential/ask', { payload: await payload() }));
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });
});

describe('a rotation that is called off', () => {
  test('before the device asked leaves it with what it has', async () => {
    const bench = await asked(fates('/credential/ask', 'lose-request', 'lose-request', 'lose-request', 'lose-request', 'lose-request'));
    expect(await bench.run(undefined, 20_000)).toMatchObject({ outcome: 'try-again' });
    bench.cloud.withdraw();
    await bench.time.advance(HOUR_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'kept' });
    await expectOldAlone(bench);
  });

  test('F17: while the job cannot be asked for leaves it with the one that the cloud restored, and never without any', async () => {
    const throttled: RequestFate[] = Array.from({ length: 100 }, () => 'throttle');
    // The connection with the new credential is not noticed before the rotation is called off.
    const bench = await asked({ ...fates('/job-1/get', 'answer', ...throttled), delay: (what) => (what === 'sighting' ? DAY_MS : 50) });
    expect(await bench.run()).toMatchObject({ outcome: 'try-again' });
    expect(new Set(await bench.held()).size).toBe(2);
    bench.cloud.withdraw();
    await bench.time.advance(HOUR_MS);
    bench.cloud.moods = calm;
    expect((await bench.inUse()).certificate).toBe(bench.first.certificatePem);
    expect(await bench.run()).toMatchObject({ outcome: 'kept', message: 'The cloud withdrew the rotation.' });
    await expectOldAlone(bench);
    bench.cloud.start('job-2', DAY_MS);
    expect(await bench.run()).toMatchObject({ outcome: 'rotated', rotation: 'job-2' });
    await expectNewAlone(bench);
  });

  test('and committed by the cloud all the same ends with the new one, by what the cloud accepts', async () => {
    const bench = await asked();
    bench.cloud.endsJobs = false;
    expect(await bench.run(undefined, 10_000)).toMatchObject({ outcome: 'try-again' });
    bench.cloud.jobs.end('job-1', 'TIMED_OUT');
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });

  test('and committed, though nobody ever says so, ends with the new one before its time is over', async () => {
    const bench = await asked();
    bench.cloud.endsJobs = false;
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
    // Its job still waits, and is not followed a second time.
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
    expect(bench.cloud.jobs.statusOf('job-1')).toBe('IN_PROGRESS');
  });

  test('is not given up for one refusal of the new credential', async () => {
    const bench = await asked();
    bench.cloud.endsJobs = false;
    await bench.run(undefined, 10_000);
    bench.cloud.jobs.end('job-1', 'CANCELED');
    const refusals = [1, 2].map(() => new MqttSessionError('refused', 'Not yet'));
    bench.cloud.moods = { ...calm, connect: () => refusals.shift() };
    expect(await bench.run()).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
  });
});

describe('F19: a device whose files were damaged', () => {
  test('does not begin its rotation anew after a restart, nor leave the old certificate active', async () => {
    const bench = await asked({ delay: (what) => (what === 'sighting' ? HOUR_MS : 50) });
    await bench.run();
    await bench.medium.fileSystem.writeThrough('/state/rotation.json', '{"schemaVersion":1,"stage":"ask', 0o600);
    bench.cloud.moods = calm;
    expect(await bench.run(undefined, 20 * 60_000)).toMatchObject({ outcome: 'rotated' });
    await expectNewAlone(bench);
    expect(bench.cloud.statuses.size).toBe(2);
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('goes on with the certificate that is there, whatever its record says', async () => {
    const bench = await asked();
    await bench.run();
    await bench.medium.fileSystem.writeThrough('/state/rotation.json', 'garbage', 0o600);
    expect(await bench.run()).toMatchObject({ outcome: 'nothing-to-do' });
    await expectNewAlone(bench);
  });
});
