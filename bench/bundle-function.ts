import { build } from 'esbuild';

/** Bundles an entry point as the CDK app does; the options are those of `lib/` (a test holds the two together). */
export const bundleFunction = async (entry: string, outfile: string): Promise<number> => {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'error',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  return Object.values(metafile.outputs).reduce((bytes, output) => bytes + output.bytes, 0);
};
