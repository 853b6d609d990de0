import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

let account: DoctoredAccount;
let iot: IoTClient;
let iam: IAMClient;
beforeAll(async () => {
  account = await openDoctoredAccount();
  [iot, iam] = [new IoTClient({ ...account.config, maxAttempts: 12 }), new IAMClient(account.config)];
});
afterAll(async () => {
  for (const client of [iot, iam]) client.destroy();
  await account.aws.stop();
});

const logWith = async (RoleName: string): Promise<void> => {
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn: Role?.Arn, defaultLogLevel: 'ERROR' }));
};

const found = async (accountWide: object): Promise<readonly string[]> =>
  (await account.examine('account-switches', { phase: 'before', configuration: { accountWide } })).map(
    ({ level, what }) => `${level}: ${what}`,
  );

const fine = ['ok: no account-wide setting of AWS IoT reaches into this deployment'];

test('Of AWS IoT’s log the doctor says when it is not what the configuration wants, and nothing where it wants nothing', async () => {
  expect(await found({ iotLogging: 'use' })).toEqual(['problem: AWS IoT logs nothing']);
  expect(await found({ iotLogging: 'manage' })).toEqual(fine);
  await logWith('somebody');
  expect(await found({ iotLogging: 'use' })).toEqual(fine);
  expect(await found({})).toEqual(fine);
  expect(await found({ iotLogging: 'manage' })).toEqual([
    expect.stringMatching(/^problem: AWS IoT logs with the role \S+somebody of somebody else$/),
  ]);
  await logWith('MusterAudit-AccountSettingsLogRole1');
  expect(await found({ iotLogging: 'manage' })).toEqual(fine);
});
