import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { strToU8, zipSync } from 'fflate';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import type { Signing } from '../builders/signed-fetch.ts';
import { signedFetch } from '../builders/signed-fetch.ts';
import { documented } from './fact.ts';

const source = `export const handler = async (event, context) => {
  if (event.rawPath === '/large') return 'x'.repeat(6 * 1024 * 1024 + 1);
  return { arn: context.invokedFunctionArn, iam: event.requestContext.authorizer?.iam };
};`;

const access = 'Lambda developer guide, "Control access to Lambda function URLs"';
const invoking = 'Lambda developer guide, "Invoking Lambda function URLs"';

let aws: LocalAws;
let lambda: LambdaClient;
let iam: IAMClient;
let sts: STSClient;
const urls = new Map<string, string>();
const arnOf = (alias: string): string => `arn:aws:lambda:${aws.account.region}:${aws.account.accountId}:function:operations:${alias}`;

const trusting = (Principal: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] });

const signingWith = (keys: Signing['credentials']): Signing => ({ service: 'lambda', region: aws.account.region, credentials: keys });

/** A user who may do only that. */
const userWith = async (UserName: string, ...Statement: readonly object[]): Promise<Signing> => {
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  if (Statement.length > 0) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return signingWith({ accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' });
};

const call = async (alias: string, signing: Signing, path = ''): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await signedFetch(`${urls.get(alias) ?? ''}${path}`, signing, { method: 'POST', body: '{}' });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
};

beforeAll(async () => {
  aws = await startLocalAws();
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
  [lambda, iam, sts] = [new LambdaClient(config), new IAMClient(config), new STSClient(config)];
  const made = new CreateRoleCommand({ RoleName: 'f', AssumeRolePolicyDocument: trusting({ Service: 'lambda.amazonaws.com' }) });
  const { Role } = await iam.send(made);
  const Code = { ZipFile: zipSync({ 'index.mjs': strToU8(source) }) };
  const named = { FunctionName: 'operations' };
  await lambda.send(new CreateFunctionCommand({ ...named, Role: Role?.Arn, Runtime: 'nodejs24.x', Handler: 'index.handler', Code }));
  const { Version } = await lambda.send(new PublishVersionCommand(named));
  for (const alias of ['factory', 'security', 'gone']) {
    await lambda.send(new CreateAliasCommand({ ...named, Name: alias, FunctionVersion: Version }));
    const { FunctionUrl } = await lambda.send(new CreateFunctionUrlConfigCommand({ ...named, Qualifier: alias, AuthType: 'AWS_IAM' }));
    urls.set(alias, FunctionUrl ?? '');
  }
});
afterAll(async () => {
  for (const client of [lambda, iam, sts]) client.destroy();
  await aws.stop();
});

const invokes = (alias: string, conditions: readonly [object, object] = [{}, {}]): readonly object[] => [
  { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource: arnOf(alias), Condition: conditions[0] },
  { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf(alias), Condition: conditions[1] },
];

describe('The address of an alias', () => {
  documented(access, 'lets a user in to that alias alone, and tells the function its qualified ARN', async () => {
    const user = await userWith('factory-user', ...invokes('factory'));
    expect(await call('factory', user)).toMatchObject({ status: 200, body: { arn: arnOf('factory') } });
    expect(await call('security', user)).toMatchObject({ status: 403 });
  });

  documented(access, 'needs both permissions, of which one may be for calls by URL only', async () => {
    const [url, direct] = invokes('factory');
    expect(await call('factory', await userWith('half', url ?? {}))).toMatchObject({ status: 403 });
    expect(await call('factory', await userWith('other-half', direct ?? {}))).toMatchObject({ status: 403 });
    const byUrl = { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } };
    const both = invokes('factory', [{ StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }, byUrl]);
    expect(await call('factory', await userWith('both', ...both))).toMatchObject({ status: 200 });
    const none = invokes('factory', [{ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }, byUrl]);
    expect(await call('factory', await userWith('none', ...none))).toMatchObject({ status: 403 });
  });

  documented(access, 'lets in whom the policy of that alias names, without a policy of their own', async () => {
    const guest = await userWith('guest');
    const Principal = `arn:aws:iam::${aws.account.accountId}:user/guest`;
    const permission = { FunctionName: 'operations', Qualifier: 'security', Principal };
    await lambda.send(
      new AddPermissionCommand({
        ...{ ...permission, StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' },
      }),
    );
    expect(await call('security', guest)).toMatchObject({ status: 403 });
    await lambda.send(
      new AddPermissionCommand({ ...permission, StatementId: 'fn', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
    );
    expect(await call('security', guest)).toMatchObject({ status: 200 });
    expect(await call('factory', guest)).toMatchObject({ status: 403 });
  });

  documented(invoking, 'says who a user is by the unique id', async () => {
    const user = await userWith('somebody', ...invokes('factory'));
    const { body } = await call('factory', user);
    const { accessKeyId, secretAccessKey } = user.credentials;
    const own = new STSClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: { accessKeyId, secretAccessKey } });
    const { UserId } = await own.send(new GetCallerIdentityCommand({}));
    own.destroy();
    expect(UserId).toMatch(/^AIDA/);
    expect(body).toEqual({
      arn: arnOf('factory'),
      iam: {
        accessKey: user.credentials.accessKeyId,
        accountId: aws.account.accountId,
        callerId: UserId,
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: `arn:aws:iam::${aws.account.accountId}:user/somebody`,
        userId: UserId,
      },
    });
  });

  documented(invoking, 'says who a role’s session is by role id and session name', async () => {
    const role = { RoleName: 'night-shift', AssumeRolePolicyDocument: trusting({ AWS: aws.account.accountId }) };
    const { Role } = await iam.send(new CreateRoleCommand(role));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'maria' }));
    const session = signingWith({
      ...{ accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '' },
      sessionToken: Credentials?.SessionToken,
    });
    expect(await call('factory', session)).toMatchObject({ status: 403 });
    const Principal = Role?.Arn;
    for (const Action of ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'])
      await lambda.send(
        new AddPermissionCommand({
          ...{ FunctionName: 'operations', Qualifier: 'factory', StatementId: Action.slice(7), Action, Principal },
        }),
      );
    expect((await call('factory', session)).body).toMatchObject({
      iam: {
        callerId: `${Role?.RoleId ?? ''}:maria`,
        userId: `${Role?.RoleId ?? ''}:maria`,
        userArn: `arn:aws:sts::${aws.account.accountId}:assumed-role/night-shift/maria`,
        accessKey: expect.stringMatching(/^ASIA/) as unknown,
      },
    });
  });

  documented('Lambda developer guide, "Lambda quotas"', 'takes and gives at most 6 MB', async () => {
    const user = await userWith('bulky', ...invokes('factory'));
    const large = await signedFetch(urls.get('factory') ?? '', user, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024) });
    expect(large.status).toBe(413);
    expect(await call('factory', user, 'large')).toMatchObject({ status: 502 });
  });

  documented('Lambda API reference, CreateAlias', 'cannot lead to a version that is missing', async () => {
    const missing = { FunctionName: 'operations', Name: 'later', FunctionVersion: '99' };
    await expect(lambda.send(new CreateAliasCommand(missing))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const url = { FunctionName: 'operations', Qualifier: 'later', AuthType: 'AWS_IAM' } as const;
    await expect(lambda.send(new CreateFunctionUrlConfigCommand(url))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  documented('Lambda developer guide, "Creating and managing Lambda function URLs"', 'goes with its alias', async () => {
    await lambda.send(new DeleteAliasCommand({ FunctionName: 'operations', Name: 'gone' }));
    expect((await call('gone', signingWith(aws.credentials))).status).not.toBe(200);
  });

  documented('Lambda developer guide, "Throttling function URLs"', 'answers 429 when the reserved concurrency is used up', async () => {
    const user = await userWith('eager', ...invokes('factory'));
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'operations', ReservedConcurrentExecutions: 0 }));
    expect(await call('factory', user)).toMatchObject({ status: 429 });
  });
});
