import { DeleteAuthorizerCommand, IoTClient, UpdateAuthorizerCommand } from '@aws-sdk/client-iot';
import { CreateKeyCommand, DisableKeyCommand, KMSClient, ScheduleKeyDeletionCommand, UpdateAliasCommand } from '@aws-sdk/client-kms';
import { GetPolicyCommand, LambdaClient, ListFunctionsCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';
import { deployStack } from './small-deployment.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const care = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' },
  ],
};

const judge = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    ...{ Runtime: 'nodejs22.x', Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    Code: { ZipFile: 'exports.handler = async () => ({ isAuthenticated: false });' },
  },
};

const onboarding = {
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    Judge: judge,
    Stranger: judge,
    Authorizer: {
      Type: 'AWS::IoT::Authorizer',
      Properties: {
        ...{ AuthorizerName: 'muster-psk', SigningDisabled: true, Status: 'ACTIVE' },
        AuthorizerFunctionArn: { 'Fn::GetAtt': ['Judge', 'Arn'] },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        ...{ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Judge' }, Principal: 'iot.amazonaws.com' },
        SourceArn: { 'Fn::GetAtt': ['Authorizer', 'Arn'] },
      },
    },
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: care, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/muster-psk-meter-1', TargetKeyId: { Ref: 'Key' } } },
  },
};

let account: DoctoredAccount;
let iot: IoTClient;
let kms: KMSClient;
let lambda: LambdaClient;
beforeEach(async () => {
  account = await openDoctoredAccount();
  [iot, kms, lambda] = [new IoTClient(account.config), new KMSClient(account.config), new LambdaClient(account.config)];
  await deployStack(account, 'MusterOnboarding', onboarding);
});
afterEach(async () => {
  for (const client of [iot, kms, lambda]) client.destroy();
  await account.aws.stop();
});

const after = async (check: string): Promise<readonly string[]> =>
  (await account.examine(check)).map(({ level, what }) => `${level}: ${what}`);

const functionArnOf = async (logicalId: string): Promise<string> => {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  return Functions.find(({ FunctionName = '' }) => FunctionName.includes(logicalId))?.FunctionArn ?? '';
};

describe('Of authorizers the doctor', () => {
  test('is content with one that is active and asks our function', async () => {
    expect(await after('authorizers')).toEqual(['ok: the authorizer "muster-psk" is active and asks our function']);
  });

  test('says that one is not active, and that one is gone', async () => {
    await iot.send(new UpdateAuthorizerCommand({ authorizerName: 'muster-psk', status: 'INACTIVE' }));
    expect(await after('authorizers')).toEqual(['problem: the authorizer "muster-psk" is not active']);
    await iot.send(new DeleteAuthorizerCommand({ authorizerName: 'muster-psk' }));
    expect(await after('authorizers')).toEqual(['problem: the authorizer "muster-psk" is gone']);
  });

  test('says that one asks another function', async () => {
    const authorizerFunctionArn = `${await functionArnOf('Judge')}-of-somebody`;
    await iot.send(new UpdateAuthorizerCommand({ authorizerName: 'muster-psk', authorizerFunctionArn }));
    expect(await after('authorizers')).toEqual(['problem: the authorizer "muster-psk" asks a function that is not ours']);
  });

  test('says that AWS IoT may not ask', async () => {
    const FunctionName = await functionArnOf('Judge');
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    const { Statement } = JSON.parse(Policy) as { readonly Statement: readonly { readonly Sid: string }[] };
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Statement[0]?.Sid ?? '' }));
    expect(await after('authorizers')).toEqual(['problem: AWS IoT may not call the function of the authorizer "muster-psk"']);
  });
});

describe('Of keys in KMS the doctor', () => {
  const KeyId = 'alias/muster-psk-meter-1';
  const keyId = async (): Promise<string> => (await account.examine('keys'))[0]?.what.split(/[()]/)[1] ?? '';

  test('is content with one that is enabled, and that its alias leads to', async () => {
    expect(await after('keys')).toEqual([
      expect.stringMatching(/^ok: the key Key \(.+\) is enabled$/),
      `ok: "${KeyId}" leads to the key that was deployed`,
    ]);
  });

  test('says that one is disabled', async () => {
    await kms.send(new DisableKeyCommand({ KeyId: await keyId() }));
    expect((await after('keys'))[0]).toMatch(/^problem: the key Key \(.+\) is Disabled$/);
  });

  test('says when one will be deleted', async () => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: await keyId(), PendingWindowInDays: 7 }));
    expect((await after('keys'))[0]).toMatch(/^problem: the key Key \(.+\) will be deleted on \d{4}-/);
  });

  test('says that an alias leads elsewhere', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
    await kms.send(new UpdateAliasCommand({ AliasName: KeyId, TargetKeyId: KeyMetadata?.KeyId ?? '' }));
    expect((await after('keys'))[1]).toBe(`problem: "${KeyId}" leads to another key`);
  });
});
