import { generateKeyPairSync, sign } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { signedFetch } from '../../builders/signed-fetch.ts';
import type { HttpApiFixture } from './http-api-fixture.ts';
import { httpApiTemplate, permission, route, stage, startHttpApis } from './http-api-fixture.ts';

let fixture: HttpApiFixture;
beforeAll(async () => {
  fixture = await startHttpApis();
});
afterAll(() => fixture.stop());

const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

describe('An HTTP API', () => {
  const parts = { Stage: stage('$default'), Pet: route('GET /pets/{id}'), Permission: permission('*/*/pets/{id}') };

  test('hands requests to a function in payload format 2.0', async () => {
    const { Endpoint = '', ApiId = '' } = await fixture.deploy(httpApiTemplate(parts));
    const response = await fetch(`${Endpoint}/pets/7?x=1`, { headers: { accept: 'text/plain' } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      ...{ version: '2.0', routeKey: 'GET /pets/{id}', rawPath: '/pets/7', rawQueryString: 'x=1', pathParameters: { id: '7' } },
      headers: { accept: 'text/plain' },
      requestContext: {
        ...{ accountId: fixture.aws.account.accountId, apiId: ApiId, stage: '$default', routeKey: 'GET /pets/{id}' },
        domainName: `${ApiId}.execute-api.us-east-1.amazonaws.com`,
        http: { method: 'GET', path: '/pets/7' },
      },
    });
  });

  test('answers 404 where it has no route, and 500 where the function fails', async () => {
    const { Endpoint = '' } = await fixture.deploy(httpApiTemplate({ ...parts, Cats: route('GET /cats') }));
    const missing = await fetch(`${Endpoint}/dogs`);
    expect([missing.status, await missing.text()]).toEqual([404, '{"message":"Not Found"}']);
    const failed = await fetch(`${Endpoint}/pets/7?throw=1`);
    expect([failed.status, await failed.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('may call the function only by the routes that its permission means', async () => {
    const { Endpoint = '' } = await fixture.deploy(httpApiTemplate({ ...parts, Cats: route('GET /cats') }));
    expect(await statusOf(fetch(`${Endpoint}/cats`))).toBe(500);
    expect(await statusOf(fetch(`${Endpoint}/pets/1`))).toBe(200);
  });

  test('shows in a stage without AutoDeploy what was deployed to it', async () => {
    const manual = {
      ...{ Pet: route('GET /pets/{id}'), Permission: permission('*') },
      Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: 'Pet', Properties: { ApiId: { Ref: 'Api' } } },
      Stage: stage('live', { AutoDeploy: false, DeploymentId: { Ref: 'Deployment' }, StageVariables: { colour: 'red' } }),
    };
    const { Endpoint = '' } = await fixture.deploy(httpApiTemplate(manual));
    const response = await fetch(`${Endpoint}/live/pets/1`);
    expect(await response.json()).toMatchObject({
      ...{ rawPath: '/live/pets/1', pathParameters: { id: '1' }, stageVariables: { colour: 'red' } },
      requestContext: { stage: 'live', http: { path: '/live/pets/1' } },
    });
    expect(await statusOf(fetch(`${Endpoint}/pets/1`))).toBe(404);
    await fixture.deploy(httpApiTemplate({ ...manual, Birds: route('GET /birds') }));
    expect(await statusOf(fetch(`${Endpoint}/live/birds`))).toBe(404);
  });

  test.each([
    [
      'CORS',
      { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'a', ProtocolType: 'HTTP', CorsConfiguration: {} } } },
      'corsConfiguration',
    ],
    ['WebSocket APIs', { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'a', ProtocolType: 'WEBSOCKET' } } }, 'HTTP'],
    ['Lambda authorizers', { R: route('GET /x', { AuthorizationType: 'CUSTOM' }) }, 'Lambda authorizers'],
    ['throttling', { Stage: stage('s', { DefaultRouteSettings: { ThrottlingRateLimit: 1 } }) }, 'defaultRouteSettings'],
  ])('refuses %s by name, because it would do nothing', async (_what, more, name) => {
    await expect(fixture.deploy(httpApiTemplate({ Stage: stage('s'), ...more }))).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
    const events = JSON.stringify(fixture.aws.services.cloudFormation.stacks.get('http').events.slice(-30));
    expect(events).toContain(name);
  });
});

describe('A route with IAM authorization', () => {
  let url: string;
  beforeAll(async () => {
    const parts = { Stage: stage('$default'), R: route('ANY /{proxy+}', { AuthorizationType: 'AWS_IAM' }), Permission: permission('*') };
    url = `${(await fixture.deploy(httpApiTemplate(parts)))['Endpoint'] ?? ''}/a/b`;
  });
  const signing = () => ({ service: 'execute-api', region: 'us-east-1', credentials: fixture.aws.credentials });

  test('refuses requests that are not signed, or wrongly, or for something else', async () => {
    const unsigned = await fetch(url);
    expect([unsigned.status, await unsigned.text()]).toEqual([403, '{"message":"Forbidden"}']);
    const wrong = { ...signing(), credentials: { ...fixture.aws.credentials, secretAccessKey: 'wrong' } };
    expect(await statusOf(signedFetch(url, wrong))).toBe(403);
    expect(await statusOf(signedFetch(url, { ...signing(), service: 'lambda' }))).toBe(403);
  });

  test('tells the function who signed', async () => {
    const response = await signedFetch(url, signing(), { method: 'POST', body: '{}' });
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { iam: { accountId: fixture.aws.account.accountId, accessKey: fixture.aws.credentials.accessKeyId } } },
    });
  });

  test('lets in a role only where its policy allows execute-api:Invoke', async () => {
    const config = { endpoint: fixture.aws.endpoint, region: 'us-east-1', credentials: fixture.aws.credentials };
    const [sts, iam] = [new STSClient(config), new IAMClient(config)];
    const { accountId } = fixture.aws.account;
    const document = (Statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
    const trust = document({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' });
    await iam.send(new CreateRoleCommand({ RoleName: 'http-caller', AssumeRolePolicyDocument: trust }));
    const RoleArn = `arn:aws:iam::${accountId}:role/http-caller`;
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
    const credentials = {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken,
    };
    expect(await statusOf(signedFetch(url, { ...signing(), credentials }))).toBe(403);
    const Resource = `arn:aws:execute-api:us-east-1:${accountId}:*/$default/GET/a/*`;
    const PolicyDocument = document({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'http-caller', PolicyName: 'p', PolicyDocument }));
    expect(await statusOf(signedFetch(url, { ...signing(), credentials }))).toBe(200);
    expect(await statusOf(signedFetch(url, { ...signing(), credentials }, { method: 'POST' }))).toBe(403);
    sts.destroy();
    iam.destroy();
  });
});

describe('A route with a JWT authorizer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let issuer: string;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] };
      response.end(JSON.stringify(request.url === '/keys' ? keys : { jwks_uri: `${issuer}/keys` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    issuer = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    const authorizer = {
      ...{ ApiId: { Ref: 'Api' }, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
      JwtConfiguration: { Audience: ['ours'], Issuer: issuer },
    };
    const guarded = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' }, AuthorizationScopes: ['read'] };
    const parts = {
      ...{ Stage: stage('$default'), Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: authorizer } },
      ...{ R: route('GET /jwt', guarded), Permission: permission('*') },
    };
    url = `${(await fixture.deploy(httpApiTemplate(parts)))['Endpoint'] ?? ''}/jwt`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const token = (claims: object = {}, header: object = {}): string => {
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'RS256', kid: 'k1', ...header },
      { iss: issuer, aud: 'ours', exp: now + 60, scope: 'read write', sub: 'me', ...claims },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const ask = (authorization: string): Promise<Response> => fetch(url, { headers: { authorization } });

  test('lets in who bears a good token, and tells the function its claims', async () => {
    const response = await ask(`Bearer ${token()}`);
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'me', aud: 'ours' }, scopes: ['read', 'write'] } } },
    });
  });

  test.each([
    ['no token', () => ''],
    ['another audience', () => token({ aud: 'theirs' })],
    ['another issuer', () => token({ iss: 'http://127.0.0.1:1' })],
    ['a token that has expired', () => token({ exp: 1 })],
    ['a token of the future', () => token({ nbf: Date.now() })],
    ['another key', () => token({}, { kid: 'k2' })],
    ['no signature', () => `${token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    ['a changed claim', () => token().replace(/\.[^.]+\./, (part) => `.${Buffer.from(part, 'base64url').toString('base64url')}x.`)],
    ['something else', () => 'Bearer a.b.c'],
  ])('answers 401 to %s', async (_what, make) => {
    const response = await ask(make());
    expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  });

  test('answers 403 to a good token without the scope', async () => {
    expect(await statusOf(ask(token({ scope: 'write' })))).toBe(403);
  });
});
