import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk } from '../../../demo/run-cdk.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../../local/main.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment, useSharedEnvironment } from '../environment/shared-environment.ts';

/** A local AWS that one suite has for itself, with what all suites share deployed to it. */
export interface OwnDeployment {
  readonly aws: LocalAws;
  readonly shared: SharedEnvironment;
  stop(): Promise<void>;
}

/**
 * For a suite that moves time, or goes through the whole fleet: nobody else can be there with it. What opens the shared deployment
 * after this, in this process, opens this one.
 */
export const deployForThisSuite = async (options: LocalAwsOptions = {}): Promise<OwnDeployment> => {
  const { assembly, environment } = useSharedEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'muster-own-'));
  const aws = await startLocalAws(options);
  const cdk = (...args: readonly string[]): Promise<string> => runCdk(args, { environment: aws.environment, folder });
  await cdk('bootstrap', `aws://${aws.account.accountId}/${aws.account.region}`);
  await cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events');
  const { endpoint, account, credentials, mqtt, rootCa } = aws;
  const own = { ...aws.environment, MUSTER_CONFIG: environment['MUSTER_CONFIG'] ?? '' };
  const shared = { endpoint, account, credentials, mqtt, rootCa, assembly, iotLogFile: undefined, environment: own };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
  return {
    aws,
    shared: useSharedEnvironment(),
    stop: async () => {
      await aws.stop();
      await rm(folder, { recursive: true });
    },
  };
};
