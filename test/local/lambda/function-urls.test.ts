import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  RemovePermissionCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { strToU8, zipSync } from 'fflate';
import { isJsonObject } from '../../../local/json-object.ts';
import type { LocalAws } from '../../../local/main.ts';
import { startLocalAws } from '../../../local/main.ts';
import type { Signing } from '../../builders/signed-fetch.ts';
import { signedFetch } from '../../builders/signed-fetch.ts';

const source = `export const handler = async (event) => {
  if (event.rawPath === '/throw') throw new Error('no');
  if (event.rawPath === '/plain') return { hello: 'world' };
  return { statusCode: 201, headers: { 'X-Own': 'yes' }, cookies: ['a=1', 'b=2'], body: JSON.stringify(event) };
};`;

let aws: LocalAws;
let lambda: LambdaClient;
let signing: Signing;

const allow = (members: Partial<AddPermissionCommandInput>, StatementId: string): Promise<unknown> =>
  lambda.send(new AddPermissionCommand({ FunctionName: 'f', Principal: '*', Action: 'lambda:InvokeFunctionUrl', StatementId, ...members }));

const urlOf = async (): Promise<string> => (await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'f' }))).FunctionUrl ?? '';

const jsonOf = async (response: Response): Promise<Record<string, unknown>> => {
  const body: unknown = await response.json();
  return isJsonObject(body) ? { ...body } : {};
};

beforeAll(async () => {
  aws = await startLocalAws();
  const { endpoint, credentials, account } = aws;
  const config = { endpoint, credentials, region: account.region };
  lambda = new LambdaClient({ ...config, maxAttempts: 1 });
  signing = { service: 'lambda', region: account.region, credentials };
  const trust = (Principal: object): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] });
  const iam = new IAMClient(config);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'f', AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) }),
  );
  await iam.send(new CreateRoleCommand({ RoleName: 'caller', AssumeRolePolicyDocument: trust({ AWS: account.accountId }) }));
  const ZipFile = zipSync({ 'index.mjs': strToU8(source) });
  await lambda.send(
    new CreateFunctionCommand({ FunctionName: 'f', Role: Role?.Arn, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile } }),
  );
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE' }));
  iam.destroy();
});
afterAll(async () => {
  lambda.destroy();
  await aws.stop();
});

describe('A function URL that anybody may call', () => {
  test('refuses everybody until both permissions are there', async () => {
    expect((await fetch(await urlOf())).status).toBe(403);
    await allow({ FunctionUrlAuthType: 'NONE' }, 'url');
    expect(await jsonOf(await fetch(await urlOf()))).toMatchObject({ Message: expect.stringContaining('Forbidden') as unknown });
    await allow({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }, 'function');
    expect((await fetch(await urlOf())).status).toBe(201);
  });

  test('hands the request over in payload format 2.0', async () => {
    const response = await fetch(`${await urlOf()}a/b?x=1&x=2&y=`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'k=v; l=w' },
      body: '{"n":1}',
    });
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toMatchObject({
      ...{ version: '2.0', routeKey: '$default', rawPath: '/a/b', rawQueryString: 'x=1&x=2&y=' },
      ...{ queryStringParameters: { x: '1,2', y: '' }, cookies: ['k=v', 'l=w'], body: '{"n":1}', isBase64Encoded: false },
      requestContext: {
        ...{ accountId: 'anonymous', stage: '$default', routeKey: '$default' },
        domainName: expect.stringMatching(/^[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws$/) as unknown,
        http: { method: 'POST', path: '/a/b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
      },
    });
  });

  test('sends a body that is no text as base64', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await fetch(await urlOf(), { method: 'POST', headers, body: Buffer.from([0, 255]) });
    expect(await response.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  test('makes an answer without a status code the body of a 200', async () => {
    const response = await fetch(`${await urlOf()}plain`);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"hello":"world"}',
    ]);
  });

  test('answers 502 when the function fails', async () => {
    expect((await fetch(`${await urlOf()}throw`)).status).toBe(502);
  });

  test('is found by its host name, too', async () => {
    const id = new URL(await urlOf()).pathname.split('/')[3] ?? '';
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${aws.endpoint}/x`, { headers: { host: `${id}.lambda-url.us-east-1.on.aws` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(201);
  });
});

describe('A function URL for signed requests', () => {
  beforeAll(() => lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'AWS_IAM' })));

  test('refuses a request without a signature, or with a wrong one', async () => {
    expect((await fetch(await urlOf())).status).toBe(403);
    const wrong = { ...signing, credentials: { ...signing.credentials, secretAccessKey: 'wrong' } };
    expect((await signedFetch(await urlOf(), wrong)).status).toBe(403);
    expect((await signedFetch(await urlOf(), { ...signing, service: 'execute-api' })).status).toBe(403);
  });

  test('tells the function who called', async () => {
    const response = await signedFetch(`${await urlOf()}who?b=2&a=1`, signing, { method: 'POST', body: '{}' });
    expect(await response.json()).toMatchObject({
      rawPath: '/who',
      requestContext: {
        accountId: aws.account.accountId,
        authorizer: {
          iam: {
            accountId: aws.account.accountId,
            accessKey: signing.credentials.accessKeyId,
            userArn: expect.stringContaining(':user/') as unknown,
          },
        },
      },
    });
  });

  test('lets in a role when its policy allows both actions, and not before', async () => {
    await lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 'url' }));
    await lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 'function' }));
    const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
    const [sts, iam] = [new STSClient(config), new IAMClient(config)];
    const RoleArn = `arn:aws:iam::${aws.account.accountId}:role/caller`;
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
    const role = {
      ...signing,
      credentials: { accessKeyId: keys?.AccessKeyId ?? '', secretAccessKey: keys?.SecretAccessKey ?? '', sessionToken: keys?.SessionToken },
    };
    const permit = (...Action: readonly string[]): Promise<unknown> => {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
      return iam.send(new PutRolePolicyCommand({ RoleName: 'caller', PolicyName: 'p', PolicyDocument }));
    };
    expect((await signedFetch(await urlOf(), role)).status).toBe(403);
    await permit('lambda:InvokeFunctionUrl');
    expect((await signedFetch(await urlOf(), role)).status).toBe(403);
    await permit('lambda:InvokeFunctionUrl', 'lambda:InvokeFunction');
    expect((await signedFetch(await urlOf(), role)).status).toBe(201);
    sts.destroy();
    iam.destroy();
  });

  test('is there once, and gone when it is deleted', async () => {
    const again = new CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE' });
    await expect(lambda.send(again)).rejects.toMatchObject({ name: 'ResourceConflictException' });
    const url = await urlOf();
    await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'f' }));
    await expect(urlOf()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await signedFetch(url, signing)).status).toBe(404);
  });
});
