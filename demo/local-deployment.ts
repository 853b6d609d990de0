import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../local/main.ts';
import { runCdk } from './run-cdk.ts';

/** A local AWS with Muster deployed to it. */
export interface LocalDeployment {
  readonly local: LocalAws;
  /** Runs the CDK CLI against it once more. */
  cdk(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export interface LocalDeploymentOptions {
  readonly local?: LocalAwsOptions;
  /** The configuration file to deploy; absent means the CDK app's own rule. */
  readonly configurationFile?: string;
  /** Told at the beginning of each step. */
  readonly onStep?: (step: 'start' | 'bootstrap and synth' | 'deploy') => void;
}

/** Starts a local AWS and deploys Muster to it with the unmodified CDK CLI. */
export const deployLocally = async ({
  local: localOptions,
  configurationFile,
  onStep,
}: LocalDeploymentOptions = {}): Promise<LocalDeployment> => {
  onStep?.('start');
  const local = await startLocalAws(localOptions);
  const output = await mkdtemp(join(tmpdir(), 'muster-cdk-'));
  const assembly = join(output, 'assembly');
  const cdk = (...args: readonly string[]): Promise<string> =>
    runCdk(args, { ...local.environment, ...(configurationFile === undefined ? {} : { MUSTER_CONFIG: configurationFile }) });
  const stop = async (): Promise<void> => {
    await local.stop();
    await rm(output, { recursive: true, force: true });
  };
  try {
    onStep?.('bootstrap and synth');
    // Neither needs the other, and each is a CLI start of seconds. A bootstrap away from the app does not synthesize it.
    await Promise.all([
      runCdk(['bootstrap', `aws://${local.account.accountId}/${local.account.region}`], local.environment, output),
      cdk('synth', '--quiet', '--output', assembly),
    ]);
    onStep?.('deploy');
    await cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events');
    return { local, cdk, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
