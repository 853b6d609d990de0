import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../bundle-function.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { runInChild } from '../run-in-child.ts';

/** A function that a device waits for. */
interface WaitedFor {
  /** Begins the names of its figures. */
  readonly name: string;
  /** The folder below `lambdas/`. */
  readonly folder: string;
  /** What it cannot be imported without, beside what all of them take. */
  readonly variables: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const bareEntry = join(root, 'bench/floor/bare-handler.ts');

const shared = { AWS_REGION: 'us-east-1', TABLE_NAME: 'bench', PREFIX: 'muster', TOPIC_PREFIX: 'muster', REFUSAL_FLOOR_MS: '300' };
const ofAuthorizers = { PARTITION: 'aws', ACCOUNT: '111122223333', BOUNDARIES: '{"lines":[],"tenants":[]}' };

const noIssuers = { issuers: [], lines: [], keySets: { freshSeconds: 600, staleSeconds: 86_400, cooldownSeconds: 60 } };

const functions: readonly WaitedFor[] = [
  { name: 'hook', folder: 'pre-provisioning-hook', variables: { LINE_SETTINGS: '[]' } },
  { name: 'psk', folder: 'psk-authorizer', variables: { ...ofAuthorizers, PSK_LINES: '[]' } },
  { name: 'oauth', folder: 'oauth-authorizer', variables: { ...ofAuthorizers, OAUTH_SETTINGS: JSON.stringify(noIssuers) } },
];

interface Bundles {
  readonly ours: string;
  readonly bare: string;
  readonly ratio: number;
  readonly absolute: string;
}

const withBundles = async <Result>({ folder: name }: WaitedFor, use: (bundles: Bundles) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  try {
    const [ours, bare] = [join(folder, 'ours.mjs'), join(folder, 'bare.mjs')];
    const bytes = await bundleFunction(join(root, 'lambdas', name, 'handler.ts'), ours);
    const bareBytes = await bundleFunction(bareEntry, bare);
    return await use({ ours, bare, ratio: bytes / bareBytes, absolute: `${bytes} bytes against ${bareBytes}` });
  } finally {
    await rm(folder, { recursive: true });
  }
};

const sizeOf = (one: WaitedFor): Figure => ({
  name: `${one.name}-bundle-size`,
  what: `bytes of ${one.folder} against a bare handler that only creates a DynamoDB client`,
  unit: 'x',
  limit: { atMost: 1.3 },
  sample: () => withBundles(one, ({ ratio, absolute }) => Promise.resolve({ values: [ratio], absolute })),
});

// Importing is timed inside the child, so that starting Node does not hide the difference.
const timedImport = (bundle: string): string =>
  `const begun = process.hrtime.bigint(); await import(${JSON.stringify(bundle)}); console.log(Number(process.hrtime.bigint() - begun) / 1e6);`;

const importMs = async (bundle: string, { variables }: WaitedFor): Promise<number> =>
  Number(await runInChild(['--input-type=module', '--eval', timedImport(bundle)], { ...shared, ...variables }));

const coldImportOf = (one: WaitedFor): Figure => ({
  name: `${one.name}-cold-import`,
  what: `time to import ${one.folder} against the same bare handler, in turn`,
  unit: 'x',
  limit: { atMost: 1.5 },
  sample: () =>
    withBundles(one, async ({ ours, bare }) => {
      const times: { ours: number; bare: number }[] = [];
      for (let round = 0; round < SAMPLES; round += 1) times.push({ ours: await importMs(ours, one), bare: await importMs(bare, one) });
      const [oursMs, bareMs] = [median(times.map((time) => time.ours)), median(times.map((time) => time.bare))];
      return { values: times.map((time) => time.ours / time.bare), absolute: `${oursMs.toFixed(0)} ms against ${bareMs.toFixed(0)} ms` };
    }),
});

/** Size and cold start of every function that a device waits for. */
export const functionBundles: readonly Figure[] = functions.flatMap((one) => [sizeOf(one), coldImportOf(one)]);
