// Rotates 200 devices over TLS and MQTT against a local AWS, with power cuts: npm run test:rotations:wire -- <seed> <count>
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { deployLocally } from '../../demo/local-deployment.ts';
import { openStage } from '../e2e/drivers/stage.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { rotateOnTheWire } from './rotate-on-the-wire.ts';

const COUNT = 200;
const TOLD_EVERY = 20;

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
const count = Number(process.argv[3] ?? COUNT);
process.stdout.write(`seed ${seed}\n`);
const configurationFile = join(import.meta.dirname, 'wire.config.json');
const deployment = await deployLocally({ configurationFile, local: { iotSettings: { requestRates: 'off' } } });
try {
  const { local, assembly } = deployment;
  const environment = { ...local.environment, MUSTER_CONFIG: configurationFile };
  Object.assign(process.env, environment);
  const stage = await openStage({ ...local, environment, assembly, iotLogFile: undefined });
  const { rotated, runs, cuts, faults } = await rotateOnTheWire(stage, {
    ...{ line: 'meter', name: 'WIRE', count, random: seededRandom(seed) },
    told: (done) => {
      if (done % TOLD_EVERY === 0) process.stdout.write(`${done} of ${count}\n`);
    },
  });
  process.stdout.write(
    `${rotated} of ${count} devices have another certificate, in ${runs} runs, ${cuts} of them cut off by a loss of power\n`,
  );
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  await stage.close();
} finally {
  await deployment.stop();
}
