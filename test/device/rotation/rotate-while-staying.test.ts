import { createSecretRotationBench, type SecretRotationBench } from '../../fakes/secret-rotation-bench.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

const until = async ({ time }: SecretRotationBench, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 1_000; turn += 1) {
    if (await isSo()) return;
    await time.advance(SECOND_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('It never came to that.');
};

const hasOnly = async (bench: SecretRotationBench, key: string): Promise<boolean> => {
  const keys = await bench.keys();
  return keys.length === 1 && keys[0] === key;
};

describe('a device that stays connected and follows jobs', () => {
  const stop = new AbortController();
  const delivered: string[] = [];
  let bench: SecretRotationBench;
  let ended: ReturnType<SecretRotationBench['stayUntil']>;

  beforeAll(async () => {
    bench = await createSecretRotationBench();
    bench.cloud.start('job-1', DAY_MS);
    ended = bench.stayUntil(stop.signal, ({ topic }) => {
      delivered.push(topic);
      return Promise.resolve();
    });
  });

  test('replaces its key when it finds a job that waits', async () => {
    await until(bench, () => hasOnly(bench, 'key of job-1'));
    expect(bench.cloud.enrollment).toMatchObject({ state: 'active', requirement: { key: 'key of job-1' } });
  });

  test('replaces it again when it is told of another, and connects with that from then on', async () => {
    const { length } = bench.cloud.connections;
    await until(bench, () => bench.cloud.connections.length > length || bench.cloud.jobs.statusOf('job-1') === 'SUCCEEDED');
    bench.cloud.start('job-2', DAY_MS);
    await until(bench, () => hasOnly(bench, 'key of job-2'));
    expect(bench.cloud.enrollment).toMatchObject({ state: 'active', requirement: { key: 'key of job-2' } });
  });

  test('tells nobody who reads its messages of that, and leaves when it is told to', async () => {
    stop.abort('told to');
    let end: Awaited<typeof ended> | undefined;
    void ended.then((value) => {
      end = value;
    });
    await until(bench, () => end !== undefined);
    expect({ end, delivered }).toEqual({ end: { outcome: 'left', unsent: 0 }, delivered: [] });
  });
});
