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

/** Where and until when the CLI runs. */
export interface CdkSurroundings {
  /** Variables that point the CLI at an AWS; only PATH, HOME and TMPDIR are passed on beside them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Working directory: the project's own, with its `cdk.json`, unless given. */
  readonly folder?: string;
  /** Ends the CLI, and the app that it runs, when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the project's own CDK CLI, unmodified.
 * @returns what it printed
 * @throws CdkError when it ends with anything but 0
 */
export const runCdk = (args: readonly string[], { environment, folder = root, signal }: CdkSurroundings): Promise<string> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args], {
      cwd: folder,
      env: { ...inherited(), CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own can be ended whole; the CLI does not end its app when it is ended.
      detached: signal !== undefined,
    });
    const end = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    };
    signal?.addEventListener('abort', end);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      signal?.removeEventListener('abort', end);
      const output = Buffer.concat(chunks).toString();
      if (exitCode === 0) resolve(output);
      else reject(new CdkError(args, exitCode, output));
    });
  });

const inherited = (): Record<string, string> => ({
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(':'),
  HOME: process.env['HOME'] ?? root,
  ...(process.env['TMPDIR'] === undefined ? {} : { TMPDIR: process.env['TMPDIR'] }),
});
