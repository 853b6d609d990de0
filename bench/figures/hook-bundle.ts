import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../bundle-function.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { runInChild } from '../run-in-child.ts';

const root = join(import.meta.dirname, '../..');
const hookEntry = join(root, 'lambdas/pre-provisioning-hook/handler.ts');
const bareEntry = join(root, 'bench/floor/bare-handler.ts');

const withBundles = async <Result>(
  use: (bundles: { hook: string; bare: string; ratio: number; absolute: string }) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  try {
    const [hook, bare] = [join(folder, 'hook.mjs'), join(folder, 'bare.mjs')];
    const hookBytes = await bundleFunction(hookEntry, hook);
    const bareBytes = await bundleFunction(bareEntry, bare);
    return await use({ hook, bare, ratio: hookBytes / bareBytes, absolute: `${hookBytes} bytes against ${bareBytes}` });
  } finally {
    await rm(folder, { recursive: true });
  }
};

export const hookBundleSize: Figure = {
  name: 'hook-bundle-size',
  what: 'bytes of the hook against a bare handler that only creates a DynamoDB client',
  unit: 'x',
  limit: { atMost: 1.3 },
  sample: () => withBundles(({ ratio, absolute }) => Promise.resolve({ values: [ratio], absolute })),
};

// Importing is timed inside the child, so that starting Node does not hide the difference.
const timedImport = (bundle: string): string =>
  `const begun = process.hrtime.bigint(); await import(${JSON.stringify(bundle)}); console.log(Number(process.hrtime.bigint() - begun) / 1e6);`;

const hookEnvironment = {
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 'bench',
  PREFIX: 'muster',
  TOPIC_PREFIX: 'muster',
  REFUSAL_FLOOR_MS: '300',
  LINE_SETTINGS: '[]',
};

const importMs = async (bundle: string): Promise<number> =>
  Number(await runInChild(['--input-type=module', '--eval', timedImport(bundle)], hookEnvironment));

export const hookColdImport: Figure = {
  name: 'hook-cold-import',
  what: 'time to import the hook against the same bare handler, in turn',
  unit: 'x',
  limit: { atMost: 1.5 },
  sample: () =>
    withBundles(async ({ hook, bare }) => {
      const times: { hook: number; bare: number }[] = [];
      for (let round = 0; round < SAMPLES; round += 1) times.push({ hook: await importMs(hook), bare: await importMs(bare) });
      const [hookMs, bareMs] = [median(times.map((time) => time.hook)), median(times.map((time) => time.bare))];
      return { values: times.map((time) => time.hook / time.bare), absolute: `${hookMs.toFixed(0)} ms against ${bareMs.toFixed(0)} ms` };
    }),
};
