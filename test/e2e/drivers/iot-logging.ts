import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot';
import type { LocalAws } from '../../../local/main.ts';
import type { Stage } from './stage.ts';

/** As in an account in which somebody made the log group of AWS IoT before Muster comes. */
export const makeIotLogGroup = async ({ endpoint, account, credentials }: LocalAws): Promise<void> => {
  const logs = new CloudWatchLogsClient({ endpoint, region: account.region, credentials });
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'AWSIotLogsV2' }));
  logs.destroy();
};

const allowing = (more: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });

/** Has AWS IoT write its failures, by a role of its own. */
export const switchIotLoggingOn = async ({ iot }: Stage): Promise<void> => {
  const iam = new IAMClient();
  const AssumeRolePolicyDocument = allowing({ Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'iot-log', AssumeRolePolicyDocument }));
  const PolicyDocument = allowing({ Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'iot-log', PolicyName: 'log', PolicyDocument }));
  iam.destroy();
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn: Role?.Arn ?? '', defaultLogLevel: 'ERROR' }));
};
