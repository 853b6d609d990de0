import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../local/main.ts';
import { runCdk } from './run-cdk.ts';

/** A local AWS with Muster deployed to it. */
export interface LocalDeployment {
  readonly local: LocalAws;
  /** The folder of what was synthesized and deployed. */
  readonly assembly: string;
  stop(): Promise<void>;
}

export interface LocalDeploymentOptions {
  readonly local?: LocalAwsOptions;
  /**
   * The configuration file to deploy, or what makes it once the local AWS has its address; absent means the one that MUSTER_CONFIG
   * names, or the CDK app's own rule.
   */
  readonly configurationFile?: string | ((local: LocalAws) => Promise<string>) | undefined;
  /** Gives up when it aborts, and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** Told at the beginning of each step. */
  readonly onStep?: (step: 'start' | 'bootstrap and synth' | 'deploy') => void;
}

/** Starts a local AWS and deploys Muster to it with the unmodified CDK CLI. */
export const deployLocally = async (options: LocalDeploymentOptions = {}): Promise<LocalDeployment> => {
  options.onStep?.('start');
  const local = await startLocalAws(options.local);
  const output = await mkdtemp(join(tmpdir(), 'muster-cdk-'));
  const deployment: LocalDeployment = {
    local,
    assembly: join(output, 'assembly'),
    stop: async () => {
      await local.stop();
      await rm(output, { recursive: true, force: true });
    },
  };
  try {
    await deploy(deployment, { ...options, folder: output });
    return deployment;
  } catch (error) {
    await deployment.stop();
    throw error;
  }
};

const deploy = async (
  { local, assembly }: LocalDeployment,
  {
    folder,
    onStep,
    signal,
    configurationFile = process.env['MUSTER_CONFIG'],
  }: Omit<LocalDeploymentOptions, 'local'> & { readonly folder: string },
): Promise<void> => {
  // What a CLI that is cut off leaves behind goes with the folder; what Node has compiled is of use to the next one.
  const environment = { ...local.environment, TMPDIR: folder, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };
  const aws = { environment, signal };
  const file = typeof configurationFile === 'function' ? await configurationFile(local) : configurationFile;
  const configured = file === undefined ? {} : { MUSTER_CONFIG: resolve(file) };
  onStep?.('bootstrap and synth');
  // Neither needs the other, and each is a CLI start of seconds. A bootstrap away from the app does not synthesize it.
  await untilAllEnd([
    runCdk(['bootstrap', `aws://${local.account.accountId}/${local.account.region}`], { ...aws, folder }),
    runCdk(['synth', '--quiet', '--output', assembly], { ...aws, environment: { ...environment, ...configured } }),
  ]);
  onStep?.('deploy');
  await runCdk(['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events'], aws);
};

// Unlike `Promise.all`: one that still runs could write to what is about to be removed.
const untilAllEnd = async (runs: readonly Promise<unknown>[]): Promise<void> => {
  await Promise.allSettled(runs);
  await Promise.all(runs);
};
