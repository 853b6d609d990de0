import { join } from 'node:path';
import { deployLocally } from '../../../demo/local-deployment.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment, keepRunning } from './shared-environment.ts';

/** Deploys Muster once, for all suites that change nothing of it but their own devices and claims. */
export default async function start(): Promise<void> {
  const configurationFile = join(import.meta.dirname, 'muster.config.json');
  // AWS's request rates are tested where they are kept; here they would only make suites wait for each other.
  const deployment = await deployLocally({ configurationFile, local: { iotSettings: { requestRates: 'off' } } });
  keepRunning(deployment);
  const { environment, mqtt, rootCa, account, endpoint, credentials } = deployment.local;
  const shared: SharedEnvironment = {
    ...{ mqtt, rootCa, account, endpoint, credentials },
    environment: { ...environment, MUSTER_CONFIG: configurationFile },
  };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
}
