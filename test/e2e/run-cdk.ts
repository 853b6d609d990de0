import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface CdkRun {
  readonly exitCode: number | null;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface CdkProject {
  /** A temporary folder: working directory and place of the cloud assembly. */
  readonly folder: string;
  /** Of the app, an absolute path. */
  readonly app: string;
  /** What leads the CLI to its AWS. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs the CDK CLI as it was installed, in a process of its own with nothing of this one's environment. */
export const runCdk = (project: CdkProject, ...args: readonly string[]): Promise<CdkRun> => {
  const { promise, resolve, reject } = Promise.withResolvers<CdkRun>();
  const cli = join(root, 'node_modules/aws-cdk/bin/cdk');
  const app = `node "${project.app}"`;
  const child = spawn(process.execPath, [cli, '--app', app, '--output', join(project.folder, 'cdk.out'), ...args], {
    cwd: project.folder,
    env: {
      ...{
        PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
        HOME: project.folder,
        CI: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_VALIDATION: 'false',
      },
      ...project.environment,
    },
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.once('error', reject);
  child.once('close', (exitCode) => {
    resolve({ exitCode, output: chunks.join('') });
  });
  return promise;
};
