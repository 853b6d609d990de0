// Kills imports at 200 random moments; prints the seed, so that a failure can be had again: npm run test:crash -- <seed>
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describeDeployment } from '../../aws/cloudformation/deployment.ts';
import { deployLocally } from '../../demo/local-deployment.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { crashImport } from './crash-import.ts';
import { faultsOf } from './faults-of.ts';

const ROUNDS = 10;
const KILLS = 20;
const ROWS = 6000;

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
process.stdout.write(`seed ${seed}\n`);
const deployment = await deployLocally();
const directory = await mkdtemp(join(tmpdir(), 'muster-crash-'));
try {
  Object.assign(process.env, deployment.local.environment);
  const { tableName } = await describeDeployment(new CloudFormationClient(), 'muster');
  const world = { environment: deployment.local.environment, directory, dynamoDb: new DynamoDBClient(), tableName };
  for (let round = 0; round < ROUNDS; round += 1) {
    const report = await crashImport(world, { name: `CRASH-${round}`, rows: ROWS, kills: KILLS, random: seededRandom(seed + round) });
    const faults = faultsOf(report, ROWS);
    process.stdout.write(
      `round ${round + 1} of ${ROUNDS}: killed ${report.kills} times, ${faults.length === 0 ? 'exactly the rows of the file' : faults.join('; ')}\n`,
    );
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  await deployment.stop();
  await rm(directory, { recursive: true });
}
