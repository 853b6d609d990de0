import { type BuildOptions, build } from 'esbuild';

/** Bundles as our functions are bundled (lib/bundled-function.ts). */
export const bundle = async (input: Pick<BuildOptions, 'define' | 'entryPoints' | 'stdin'>): Promise<Uint8Array> => {
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    mainFields: ['module', 'main'],
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild made no file.');
  return output.contents;
};
