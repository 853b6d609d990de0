import { build } from 'esbuild';
import { bundling } from '../lib/function-code.ts';

/** Bundles an entry point as the CDK app does. Answers the size of the bundle in bytes. */
export const bundleFunction = async (entry: string, outfile: string): Promise<number> => {
  const { metafile } = await build({ ...bundling, entryPoints: [entry], outfile, metafile: true, logLevel: 'error' });
  return Object.values(metafile.outputs).reduce((bytes, output) => bytes + output.bytes, 0);
};
