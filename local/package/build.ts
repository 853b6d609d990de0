// Builds what `npm pack` puts into the package: one bundle with every dependency inside, and the three small programs around it.
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, type Plugin, build } from 'esbuild';

const folder = import.meta.dirname;
const output = join(folder, 'dist');

// What is CommonJS inside the bundle asks for Node's modules by `require`, which ESM does not have.
const requireForCommonJs = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** The small programs load the bundle instead of having its contents in them, too. */
const besideTheBundle: Plugin = {
  name: 'beside-the-bundle',
  setup: (hooks) => {
    hooks.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: './index.js', external: true }));
  },
};

/** dynalite could keep its tables on disk by a native library; the local AWS has them in memory, and the bundle has no native code. */
const inMemoryOnly: Plugin = {
  name: 'in-memory-only',
  setup: (hooks) => {
    hooks.onResolve({ filter: /^level$/ }, ({ path }) => ({ path, namespace: 'in-memory-only' }));
    hooks.onLoad({ filter: /.*/, namespace: 'in-memory-only' }, () => ({ contents: 'export class Level {}' }));
  },
};

const shared: BuildOptions = {
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'node22', legalComments: 'linked', logLevel: 'warning' },
  plugins: [inMemoryOnly],
  banner: { js: requireForCommonJs },
};

await rm(output, { recursive: true, force: true });
await build({ ...shared, entryPoints: { index: join(folder, 'index.ts') }, outdir: output });
// Threads start from files of their own: a function's, which must be there before the function asks for time, and DynamoDB's.
await build({ ...shared, entryPoints: { 'worker-main': join(folder, '../lambda/worker/worker-main.ts') }, outdir: output });
await build({ ...shared, entryPoints: { 'thread-main': join(folder, '../dynamodb/items/thread-main.ts') }, outdir: output });
await build({
  ...shared,
  entryPoints: { cli: join(folder, 'cli.ts'), 'jest-environment': join(folder, 'jest-environment.ts') },
  outdir: output,
  plugins: [inMemoryOnly, besideTheBundle],
  external: ['jest-environment-node'],
});
for (const page of ['README.md', 'SUPPORT.md', 'ASSUMPTIONS.md']) await copyFile(join(folder, '..', page), join(output, page));
