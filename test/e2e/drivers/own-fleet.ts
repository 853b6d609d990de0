import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot';
import { deployLocally } from '../../../demo/local-deployment.ts';
import type { LocalAws } from '../../../local/main.ts';
import { RunningClock } from '../../../local/running-clock.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment } from '../environment/shared-environment.ts';
import { type Stage, openStage } from './stage.ts';

/** A local AWS with a fleet of a suite's own configuration, whose time the suite moves. */
export interface OwnFleet {
  readonly aws: LocalAws;
  readonly clock: RunningClock;
  readonly stage: Stage;
  stop(): Promise<void>;
}

/** `configurationOf` is told where the local AWS listens. AWS IoT's own log is switched on, and its group there before Muster comes. */
export const deployOwnFleet = async (configurationOf: (aws: LocalAws) => Promise<object>): Promise<OwnFleet> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-own-fleet-'));
  const configurationFile = join(folder, 'muster.config.json');
  const clock = new RunningClock();
  const deployment = await deployLocally({
    local: { clock, iotSettings: { requestRates: 'off', brokerRates: 'off' } },
    configurationFile: async (aws) => {
      await makeLogGroup(aws);
      await writeFile(configurationFile, JSON.stringify(await configurationOf(aws)));
      return configurationFile;
    },
  });
  const { endpoint, account, credentials, mqtt, rootCa, environment } = deployment.local;
  const shared: SharedEnvironment = {
    ...{ endpoint, account, credentials, mqtt, rootCa, assembly: deployment.assembly, iotLogFile: undefined },
    environment: { ...environment, MUSTER_CONFIG: configurationFile },
  };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
  const stage = await openStage();
  await switchLoggingOn(stage);
  const stop = async (): Promise<void> => {
    await stage.close();
    await deployment.stop();
    await rm(folder, { recursive: true });
  };
  return { aws: deployment.local, clock, stage, stop };
};

const makeLogGroup = async ({ endpoint, account, credentials }: LocalAws): Promise<void> => {
  const logs = new CloudWatchLogsClient({ endpoint, region: account.region, credentials });
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'AWSIotLogsV2' }));
  logs.destroy();
};

const allowing = (more: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });

const switchLoggingOn = async ({ iot }: Stage): Promise<void> => {
  const iam = new IAMClient();
  const AssumeRolePolicyDocument = allowing({ Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'iot-log', AssumeRolePolicyDocument }));
  const PolicyDocument = allowing({ Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'iot-log', PolicyName: 'log', PolicyDocument }));
  iam.destroy();
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn: Role?.Arn ?? '', defaultLogLevel: 'ERROR' }));
};
