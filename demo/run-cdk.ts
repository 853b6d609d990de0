import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The CDK CLI ended with an error; `output` is all that it printed. */
export class CdkError extends Error {
  override readonly name = 'CdkError';
  readonly code = 'ERR_CDK';
  readonly output: string;

  constructor(args: readonly string[], exitCode: number | null, output: string) {
    super(`"cdk ${args.join(' ')}" ended with exit code ${String(exitCode)}:\n${output}`);
    this.output = output;
  }
}

/**
 * Runs the project's own CDK CLI, unmodified.
 * @param environment variables that point the CLI at an AWS; only PATH and HOME are passed on beside them
 * @param folder where it runs; the project's own, with its `cdk.json`, unless given
 * @returns what it printed
 * @throws CdkError when it ends with anything but 0
 */
export const runCdk = (args: readonly string[], environment: Readonly<Record<string, string>>, folder = root): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args], {
      cwd: folder,
      env: {
        PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(':'),
        HOME: process.env['HOME'] ?? root,
        CI: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const output = Buffer.concat(chunks).toString();
      if (exitCode === 0) resolve(output);
      else reject(new CdkError(args, exitCode, output));
    });
  });
