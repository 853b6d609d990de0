import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployToForeign } from './deploy-to-foreign.ts';
import { type ForeignAws, foreignAws } from './foreign-aws.ts';
import type { LocalAws } from '../../../local/main.ts';
import { deployLocally } from '../../../demo/local-deployment.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment, keepRunning } from './shared-environment.ts';

/** Deploys Muster once, for all suites that change nothing of it but their own devices and claims; to the AWS that the variables name, if they do. */
export default async function start(): Promise<void> {
  const foreign = await foreignAws();
  if (foreign === undefined) await startLocally();
  else await useForeign(foreign);
}

const useForeign = async (foreign: ForeignAws): Promise<void> => {
  process.stdout.write(`Against ${foreign.endpoint}: suites that move time, make faults or read what no API tells are not run.\n`);
  if (foreign.devices === undefined) {
    process.stdout.write('Nor are those of devices: MUSTER_E2E_MQTT_PORT and MUSTER_E2E_ROOT_CA do not say where its MQTT endpoint is.\n');
    return;
  }
  await deployToForeign({ ...foreign, ...foreign.devices });
};

const startLocally = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  const configurationFile = join(folder, 'muster.config.json');
  const iotLogFile = join(folder, 'iot.log');
  await writeFile(iotLogFile, '');
  const deployment = await deployLocally({
    configurationFile: async (local) => {
      await writeFile(configurationFile, await configurationFor(local));
      return configurationFile;
    },
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
};

/** Tokens come from an issuer of the local AWS, whose address is not known before it runs. */
const configurationFor = async ({ issuers, endpoint }: LocalAws): Promise<string> => {
  await issuers.create({ name: 'fleet', algorithm: 'ES256' });
  const text = await readFile(join(import.meta.dirname, 'muster.config.json'), 'utf8');
  return text.replaceAll('https://issuer.example', `${endpoint}/_oauth`);
};
