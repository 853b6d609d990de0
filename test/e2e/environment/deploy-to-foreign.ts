import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk } from '../../../demo/run-cdk.ts';
import type { ForeignAws } from './foreign-aws.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment } from './shared-environment.ts';

/** Deploys Muster to an AWS of somebody else, where it stays: whoever lent it takes it down. */
export const deployToForeign = async (foreign: ForeignAws & NonNullable<ForeignAws['devices']>): Promise<void> => {
  const { endpoint, account, credentials, mqtt, rootCa } = foreign;
  const folder = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  const assembly = join(folder, 'assembly');
  const configurationFile = join(import.meta.dirname, 'muster.config.json');
  const environment = { ...foreign.environment, MUSTER_CONFIG: configurationFile };
  await runCdk(['bootstrap', `aws://${account.accountId}/${account.region}`], { environment, folder });
  await runCdk(['synth', '--quiet', '--output', assembly], { environment });
  await runCdk(['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events'], { environment });
  const shared: SharedEnvironment = { endpoint, account, credentials, mqtt, rootCa, iotLogFile: undefined, assembly, environment };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
};
