import {
  CreatePolicyCommand as CreateManagedPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CreateAuthorizerCommand,
  CreatePolicyCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  IoTClient,
  SetDefaultAuthorizerCommand,
  SetV2LoggingOptionsCommand,
  UpdateEventConfigurationsCommand,
} from '@aws-sdk/client-iot';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

let account: DoctoredAccount;
let iot: IoTClient;
let iam: IAMClient;
beforeEach(async () => {
  account = await openDoctoredAccount();
  iot = new IoTClient(account.config);
  iam = new IAMClient(account.config);
});
afterEach(async () => {
  iot.destroy();
  iam.destroy();
  await account.aws.stop();
});

const before = async (check: string, configuration: object = {}): Promise<readonly string[]> =>
  (await account.examine(check, { phase: 'before', configuration })).map(({ level, what }) => `${level}: ${what}`);

test('The doctor says whose account it looks at, and where', async () => {
  expect(await before('credentials')).toEqual([expect.stringMatching(/^ok: account 123456789012, region us-east-1, as arn:aws:iam::/)]);
});

test('The doctor says where devices connect', async () => {
  expect(await before('region')).toEqual([expect.stringMatching(/^ok: AWS IoT answers; devices connect to \S+/)]);
});

describe('Of the bootstrap of the CDK the doctor', () => {
  const bootstrapped = async (version: string) => {
    const ssm = new SSMClient(account.config);
    await ssm.send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: version, Type: 'String' }));
    ssm.destroy();
  };

  test('says that it is missing, and how to make it', async () => {
    const [found] = await account.examine('bootstrap', { phase: 'before' });
    expect(found).toMatchObject({ level: 'problem', what: 'the CDK is not bootstrapped here', todo: 'npx cdk bootstrap' });
  });

  test.each([
    ['5', 'problem'],
    ['14', 'note'],
    ['31', 'ok'],
  ])('says of version %s: %s', async (version, level) => {
    await bootstrapped(version);
    expect(await before('bootstrap')).toEqual([`${level}: the CDK is bootstrapped in version ${version}`]);
  });
});

describe('Of concurrency the doctor', () => {
  test('is content when enough is left', async () => {
    expect(await before('concurrency', { reservedConcurrency: { preProvisioningHook: 50 } })).toEqual([
      'ok: 1000 of 1000 concurrent calls are left, and the configuration reserves 50',
    ]);
  });

  test.each([
    ['what each authorizer reserves', {}, 40],
    ['what the settings of an approach say', { psk: { reservedConcurrency: 5 } }, 25],
    ['nothing for one that takes from what all share', { psk: { reservedConcurrency: 'shared' } }, 20],
  ])('counts %s', async (_, approaches, reserved) => {
    const lines = [{ name: 'meter', approaches: ['psk', 'oauth'] }, { name: 'lamp' }];
    expect(await before('concurrency', { lines, approaches })).toEqual([
      `ok: 1000 of 1000 concurrent calls are left, and the configuration reserves ${reserved}`,
    ]);
  });

  test('says when Lambda would refuse to reserve that much', async () => {
    expect(await before('concurrency', { reservedConcurrency: { preProvisioningHook: 600, activation: 301 } })).toEqual([
      'problem: too little concurrency is left to reserve',
    ]);
  });
});

describe('Of the quotas of AWS IoT the doctor', () => {
  test('says how fast devices can come in', async () => {
    expect(await before('iot-quotas')).toEqual([
      expect.stringMatching(/^ok: \d+ connections a second/),
      'ok: 10 devices a second can come in',
    ]);
  });

  test('says when the hook could not keep up', async () => {
    const found = await before('iot-quotas', { reservedConcurrency: { preProvisioningHook: 4 } });
    expect(found).toContain('note: the hook has 4 concurrent calls to itself, and AWS IoT can ask it 10 times a second');
  });
});

describe('Of names the doctor', () => {
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });

  test('is content when nobody has them', async () => {
    await iot.send(new CreateThingTypeCommand({ thingTypeName: 'musterless' }));
    expect(await before('names')).toEqual(['ok: every name that begins with "muster-" is free, or this deployment\'s']);
  });

  test('says which ones somebody has that the stacks need', async () => {
    await iot.send(new CreateThingTypeCommand({ thingTypeName: 'muster-sensor' }));
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'muster-tenant-acme' }));
    await iot.send(
      new CreatePolicyCommand({
        policyName: 'muster-claim-sensor',
        policyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iot:*","Resource":"*"}]}',
      }),
    );
    expect((await before('names')).toSorted()).toEqual([
      'problem: the policy "muster-claim-sensor" is not of this deployment',
      'problem: the thing group "muster-tenant-acme" is not of this deployment',
      'problem: the thing type "muster-sensor" is not of this deployment',
    ]);
  });

  test('notes those that only begin like ours', async () => {
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'muster-guests' }));
    expect(await before('names')).toEqual(['note: the thing group "muster-guests" is not of this deployment']);
  });

  test('says which managed policy a deployment in another region has', async () => {
    const PolicyDocument = policyDocument.replace('[]', '[{"Effect":"Deny","Action":"*","Resource":"*"}]');
    await iam.send(new CreateManagedPolicyCommand({ PolicyName: 'muster-auditor', PolicyDocument }));
    expect(await before('names')).toEqual(['problem: the managed policy "muster-auditor" is not of this deployment']);
  });
});

describe('Of account-wide settings the doctor', () => {
  test('is content in an account that nobody has set up', async () => {
    expect(await before('account-switches')).toEqual(['ok: no account-wide setting of AWS IoT reaches into this deployment']);
  });

  test('notes a default authorizer', async () => {
    const authorizerFunctionArn = `arn:aws:lambda:us-east-1:${account.aws.account.accountId}:function:gate`;
    await iot.send(new CreateAuthorizerCommand({ authorizerName: 'gate', authorizerFunctionArn, signingDisabled: true, status: 'ACTIVE' }));
    await iot.send(new SetDefaultAuthorizerCommand({ authorizerName: 'gate' }));
    expect(await before('account-switches')).toEqual(['note: the account has the default authorizer "gate"']);
  });

  test('notes registry events that are on', async () => {
    await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }));
    expect(await before('account-switches')).toEqual(['note: registry events are on: THING']);
  });

  test('notes a log of everything', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'logger', AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const roleArn = Role?.Arn ?? '';
    await iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel: 'DEBUG' }));
    expect(await before('account-switches')).toEqual(['note: AWS IoT logs at the level DEBUG']);
  });
});

test('What the doctor may not see is a problem of its own, and names the permission', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'blind' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'blind' }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  const seen = async (check: string) =>
    (await account.examine(check, { phase: 'before', credentials })).map(({ level, what }) => `${level}: ${what}`);
  expect(await seen('concurrency')).toEqual(['problem: cannot see the concurrency of functions: needs lambda:GetAccountSettings']);
  expect(await seen('account-switches')).toEqual([
    'problem: cannot see certificate providers: needs iot:ListCertificateProviders',
    'problem: cannot see the default authorizer: needs iot:DescribeDefaultAuthorizer',
    'problem: cannot see event configurations: needs iot:DescribeEventConfigurations',
    'problem: cannot see logging options: needs iot:GetV2LoggingOptions',
    'problem: cannot see audit configuration: needs iot:DescribeAccountAuditConfiguration',
    'problem: cannot see domain configurations: needs iot:ListDomainConfigurations',
  ]);
  expect(await seen('credentials')).toEqual([expect.stringMatching(/^ok: account .* as arn:aws:iam::\d+:user\/blind$/)]);
});
