import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);

export const root = join(import.meta.dirname, '../..');

/** The package, packed and installed in a folder that has nothing else in it. */
export interface InstalledPackage {
  readonly folder: string;
  /** What `npm pack` put into the tarball. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

const packed = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

/** Packs the local AWS and installs the tarball, without a network. */
export const installPackage = async (): Promise<InstalledPackage> => {
  const folder = await mkdtemp(join(tmpdir(), 'local-aws-package-'));
  const { stdout } = await run('npm', ['pack', join(root, 'local/package'), '--pack-destination', folder, '--json', '--silent'], {
    cwd: root,
  });
  const [{ filename, files }] = packed.parse(JSON.parse(stdout.slice(stdout.indexOf('['))));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], { cwd: folder });
  return {
    folder,
    files: files.map(({ path }) => path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

/** Every package that the folder has, by name. */
export const packagesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));

/** Lends a package of this project to the folder, as its owner would install it. */
export const lend = async (folder: string, name: string): Promise<void> => {
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
};

const announced = z.object({
  environment: z.record(z.string(), z.string()),
  mqtt: z.object({ port: z.number(), customAuthPort: z.number() }),
  rootCa: z.string(),
});

export interface StartedProgram extends z.infer<typeof announced> {
  stop(): Promise<number | null>;
}

/** Starts the installed command and waits for what it prints. */
export const startCommand = async (folder: string): Promise<StartedProgram> => {
  const child = spawn(process.execPath, [join(folder, 'node_modules/.bin/muster-local-aws'), '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = z.tuple([z.string()]).parse(await once(createInterface({ input: child.stdout }), 'line'));
  return {
    ...announced.parse(JSON.parse(line)),
    stop: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      const [exitCode] = z.tuple([z.number().nullable(), z.unknown()]).parse(await closed);
      return exitCode;
    },
  };
};

/** Runs a program in the folder and resolves with what it printed. */
export const runIn = async (folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> => {
  const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, env: { ...process.env, ...environment } });
  return stdout + stderr;
};
