import { type BuildOptions, build } from 'esbuild';
import { bundling } from '../../lib/function-code.ts';

/** Bundles as our functions are bundled. */
export const bundle = async (input: Pick<BuildOptions, 'define' | 'entryPoints' | 'stdin'>): Promise<Uint8Array> => {
  const { outputFiles } = await build({ ...input, ...bundling, write: false });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild made no file.');
  return output.contents;
};
