import { CloudTrailClient, PutEventSelectorsCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { createCloudTrailAccountTrails } from '../../aws/cloudtrail/account-trails.ts';
import { createIotLoggingOptions } from '../../aws/iot/logging-options.ts';
import { TrailWorld } from '../conformance/trail-world.ts';
import { RunningAws } from '../local/control/running-aws.ts';

let local: RunningAws;
let world: TrailWorld;
const clients: { destroy(): void }[] = [];
beforeAll(async () => {
  local = await RunningAws.start();
  world = await TrailWorld.open(local.aws);
});
afterAll(async () => {
  world.close();
  for (const client of clients) client.destroy();
  await local.stop();
});

const kept = <Client extends { destroy(): void }>(client: Client): Client => {
  clients.push(client);
  return client;
};

test('Trails of an account are those that log what changes something, and one is made and removed more than once', async () => {
  const client = kept(new CloudTrailClient(local.config));
  const trails = createCloudTrailAccountTrails(client);
  expect(await trails.logging()).toEqual([]);
  const ours = { name: 'ours', bucketName: world.bucket };
  await trails.start(ours);
  await client.send(new StopLoggingCommand({ Name: 'ours' }));
  expect(await trails.logging()).toEqual([]);
  await trails.start(ours);
  await world.log('theirs');
  expect(await trails.logging()).toEqual(['ours', 'theirs']);
  await client.send(new PutEventSelectorsCommand({ TrailName: 'theirs', EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }));
  expect(await trails.logging()).toEqual(['ours']);
  await trails.remove('ours');
  await trails.remove('ours');
  expect(await trails.logging()).toEqual([]);
});

test('Logging options are what was written last, and nothing before', async () => {
  const options = createIotLoggingOptions(kept(new IoTClient(local.config)), kept(new CloudWatchLogsClient(local.config)));
  expect(await options.read()).toBeUndefined();
  const iam = kept(new IAMClient(local.config));
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'log', AssumeRolePolicyDocument }));
  const roleArn = Role?.Arn ?? '';
  await options.write({ roleArn, level: 'ERROR', isOff: false });
  expect(await options.read()).toEqual({ roleArn, level: 'ERROR', isOff: false });
  await options.write({ roleArn, level: 'WARN', isOff: true });
  expect(await options.read()).toEqual({ roleArn, level: 'WARN', isOff: true });
  await options.ensureLogGroup('AWSIotLogsV2');
  await options.ensureLogGroup('AWSIotLogsV2');
});
