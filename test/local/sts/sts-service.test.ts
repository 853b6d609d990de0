import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AccountEntrance } from '../../../local/gateway/account-entrance.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { createIamService } from '../../../local/iam/iam-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createStsService } from '../../../local/sts/sts-service.ts';
import { testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const iam = createIamService({ account: testAccount, clock });
const sts = createStsService({ account: testAccount, clock, iam });
const gateway = createGateway(new AccountEntrance(sts.accessKeys).register(sts.api, iam.api));

let client: STSClient;
let iamClient: IAMClient;
let endpoint: string;

beforeAll(async () => {
  endpoint = await gateway.listen(0);
  const credentials = sts.accessKeys.createLongLived(testAccount.accountId, 'arn:aws:iam::123456789012:user/tester');
  client = new STSClient({ endpoint, region: testAccount.region, credentials, maxAttempts: 1 });
  iamClient = new IAMClient({ endpoint, region: testAccount.region, credentials, maxAttempts: 1 });
});
afterAll(() => gateway.stop());

const trusting = (principal: object, more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more }] });

let made = 0;
const makeRole = async (trust: string): Promise<string> => {
  made += 1;
  const { Role } = await iamClient.send(new CreateRoleCommand({ RoleName: `role-${made}`, AssumeRolePolicyDocument: trust }));
  return Role?.Arn ?? '';
};

const assume = (RoleArn: string, more: object = {}) => client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...more }));

describe('AssumeRole', () => {
  test('gives credentials with which the gateway knows the session, until they expire', async () => {
    const { Credentials } = await assume(await makeRole(trusting({ AWS: testAccount.accountId })), { DurationSeconds: 900 });
    const session = new STSClient({
      ...{ endpoint, region: testAccount.region, maxAttempts: 1 },
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\/role-\d+\/session$/) as unknown,
    });
    clock.advance(900_000);
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  test.each([
    ['the account', { AWS: '123456789012' }],
    ["the account's root", { AWS: 'arn:aws:iam::123456789012:root' }],
    ['the caller by ARN', { AWS: ['arn:aws:iam::123456789012:user/tester'] }],
    ['anybody', '*' as unknown as object],
  ])('is allowed by a trust policy that names %s', async (_name, principal) => {
    expect(await assume(await makeRole(trusting(principal)))).toMatchObject({ AssumedRoleUser: { Arn: expect.any(String) as unknown } });
  });

  test.each([
    ['another account', trusting({ AWS: '210987654321' })],
    ['a service', trusting({ Service: 'lambda.amazonaws.com' })],
    ['another action', trusting({ AWS: '*' }, { Action: 'sts:TagSession' })],
    ['a condition that does not hold', trusting({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
    [
      'a condition on a key that the request does not have',
      trusting({ AWS: '*' }, { Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } }),
    ],
  ])('is refused by a trust policy for %s', async (_name, trust) => {
    await expect(assume(await makeRole(trust))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('looks at the external id, as the bootstrap roles of the CDK demand', async () => {
    const arn = await makeRole(trusting({ AWS: '123456789012' }, { Condition: { Null: { 'sts:ExternalId': 'true' } } }));
    await assume(arn);
    await expect(assume(arn, { ExternalId: 'x' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('does not tell a role that is missing from one that does not trust', async () => {
    await expect(assume('arn:aws:iam::123456789012:role/nobody')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('lasts no longer than the role allows', async () => {
    await expect(assume(await makeRole(trusting({ AWS: '*' })), { DurationSeconds: 7200 })).rejects.toThrow(
      'exceeds the MaxSessionDuration',
    );
  });
});

describe('IAM', () => {
  test.each([
    ['no JSON', 'Resources:'],
    ['an unknown effect', trusting({ AWS: '*' }, { Effect: 'Alow' })],
    ['an unknown element', trusting({ AWS: '*' }, { Ressource: '*' })],
    ['a resource, which a trust policy has not', trusting({ AWS: '*' }, { Resource: '*' })],
    ['an action without a service', trusting({ AWS: '*' }, { Action: 'AssumeRole' })],
    [
      'a principal that is negated',
      JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', NotPrincipal: '*' } }),
    ],
    ['a service that is none', trusting({ Service: 'lambda' })],
    ['an operator that does not exist', trusting({ AWS: '*' }, { Condition: { StringIs: { 'sts:ExternalId': 'x' } } })],
    ['a Sid that is not alphanumeric', trusting({ AWS: '*' }, { Sid: 'a-b' })],
    ['no principal', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] })],
  ])('refuses a trust policy that has %s', async (_name, document) => {
    await expect(makeRole(document)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  test('keeps policies parsed, for whoever evaluates them', async () => {
    const arn = await makeRole(trusting({ Service: 'lambda.amazonaws.com' }));
    const RoleName = arn.split('/').at(-1) ?? '';
    const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' } };
    await iamClient.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify(document) }));
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    await iamClient.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const role = iam.roles.get(RoleName);
    expect(role.inlinePolicies.get('p')?.document.statements[0]?.actions.patterns.map(({ text }) => text)).toEqual(['s3:GetObject']);
    expect([...role.attachedPolicies]).toEqual([PolicyArn]);
    await expect(iamClient.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'DeleteConflictException' });
  });

  test('says what is missing and what is there already', async () => {
    await expect(iamClient.send(new GetRoleCommand({ RoleName: 'nobody' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    const arn = await makeRole(trusting({ AWS: '*' }));
    const again = new CreateRoleCommand({
      RoleName: (arn.split('/').at(-1) ?? '').toUpperCase(),
      AssumeRolePolicyDocument: trusting({ AWS: '*' }),
    });
    await expect(iamClient.send(again)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  });
});
