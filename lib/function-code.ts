import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const LAMBDAS = join(import.meta.dirname, '..', 'lambdas');

/**
 * How every function is bundled. Everything is in the bundle, the SDK too, so that what was tested is what runs. No source maps:
 * they are larger than the code and are read at every cold start; the same commit gives the same bundle, and its map, when a trace
 * must be read.
 */
export const bundling = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
} as const satisfies BuildOptions;

let bundles: ReadonlyMap<string, string> | undefined;

/** All functions by one run, in a quarter of the time that one for each takes: they share the SDK and the domain. */
const bundleAll = (): ReadonlyMap<string, string> => {
  const entries = readdirSync(LAMBDAS).map((name) => [name, join(LAMBDAS, name, 'handler.ts')] as const);
  const entryPoints = Object.fromEntries(entries.filter(([, file]) => existsSync(file)));
  const { outputFiles } = buildSync({ ...bundling, entryPoints, outdir: LAMBDAS, write: false, logLevel: 'warning' });
  return new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text]));
};

/** Assignments that run before anything else of the code does. */
const assignments = (constants: Readonly<Record<string, string>>): string =>
  Object.entries(constants)
    .map(([name, value]) => `process.env.${name}=${JSON.stringify(value)};\n`)
    .join('');

const codeOf = (name: string, constants: Readonly<Record<string, string>>): string => {
  bundles ??= bundleAll();
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`lambdas/${name}/handler.ts: expected there, for the function of that name.`);
  return assignments(constants) + bundle;
};

/**
 * The code of one function, with `handler` in `index.mjs`.
 * @param name the folder below `lambdas/` that holds `handler.ts`
 * @param constants what it finds in `process.env` whatever its variables say
 */
export const functionCode = (name: string, constants: Readonly<Record<string, string>>): Code =>
  Code.fromAsset(join(LAMBDAS, name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (folder) => {
          writeFileSync(join(folder, 'index.mjs'), codeOf(name, constants));
          return true;
        },
      },
    },
  });
