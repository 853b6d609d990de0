import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployLocally } from '../../../demo/local-deployment.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment, keepRunning } from './shared-environment.ts';

/** Deploys Muster once, for all suites that change nothing of it but their own devices and claims. */
export default async function start(): Promise<void> {
  const configurationFile = join(import.meta.dirname, 'muster.config.json');
  const folder = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  const iotLogFile = join(folder, 'iot.log');
  await writeFile(iotLogFile, '');
  const deployment = await deployLocally({
    configurationFile,
    local: {
      // Rates of devices are tested where they are kept; here they would only make suites wait for each other. Those of the
      // control plane are on: functions, stacks and operators must live with them.
      iotSettings: { requestRates: 'off', brokerRates: 'off' },
      iotLog: (entry) => {
        appendFileSync(iotLogFile, `${JSON.stringify(entry)}\n`);
      },
    },
  });
  const stop = async (): Promise<void> => {
    await deployment.stop();
    await rm(folder, { recursive: true, force: true });
  };
  keepRunning({ ...deployment, stop });
  const { endpoint, account, credentials, environment, mqtt, rootCa } = deployment.local;
  const shared: SharedEnvironment = {
    ...{ endpoint, account, credentials, mqtt, rootCa, iotLogFile, assembly: deployment.assembly },
    environment: { ...environment, MUSTER_CONFIG: configurationFile },
  };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
}
