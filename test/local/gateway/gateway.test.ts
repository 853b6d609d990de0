import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, ListCommandsCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { AwsError } from '../../../local/aws-error.ts';
import { awsJsonService } from '../../../local/gateway/aws-json.ts';
import type { Gateway } from '../../../local/gateway/gateway.ts';
import { AccountEntrance } from '../../../local/gateway/account-entrance.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { restJsonService } from '../../../local/gateway/rest-json.ts';
import { createIamService } from '../../../local/iam/iam-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createS3Service } from '../../../local/s3/s3-service.ts';
import { createStsService } from '../../../local/sts/sts-service.ts';
import { testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const iam = createIamService({ account: testAccount, clock });
const sts = createStsService({ account: testAccount, clock, iam });
const key = sts.accessKeys.createLongLived(testAccount.accountId, 'arn:aws:iam::123456789012:user/tester');

let gateway: Gateway;
let config: { readonly endpoint: string; readonly region: string; readonly credentials: typeof key; readonly maxAttempts: number };

beforeAll(async () => {
  const entrance = new AccountEntrance(sts.accessKeys).register(sts.api, createS3Service({ account: testAccount, clock }).api);
  entrance.register(
    awsJsonService({
      signingNames: ['ssm'],
      targetPrefix: 'AmazonSSM',
      version: '1.1',
      operations: {
        GetParameter: ({ Name }, caller) => {
          if (Name === 'fault') throw new TypeError('shoe is undefined');
          if (Name === 'refusal') throw new AwsError('ParameterNotFound', 'no such parameter');
          return { Parameter: { Name, Value: caller.arn, LastModifiedDate: new Date(testStartMs) } };
        },
      },
    }),
  );
  gateway = createGateway(entrance);
  config = { endpoint: await gateway.listen(0), region: testAccount.region, credentials: key, maxAttempts: 1 };
});
afterAll(() => gateway.stop());

describe('The gateway', () => {
  test('finds the service by the signature and tells it who calls', async () => {
    expect(await new STSClient(config).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:user/tester',
    });
    const { Parameter } = await new SSMClient(config).send(new GetParameterCommand({ Name: 'x' }));
    expect(Parameter).toMatchObject({ Value: 'arn:aws:iam::123456789012:user/tester', LastModifiedDate: new Date(testStartMs) });
  });

  test('refuses an access key that nobody has issued, in the protocol of the service', async () => {
    const unknown = { ...config, credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };
    const refusal = (name: string) => ({ name, $metadata: expect.objectContaining({ httpStatusCode: 403 }) as unknown });
    await expect(new STSClient(unknown).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject(refusal('InvalidClientTokenId'));
    await expect(new SSMClient(unknown).send(new GetParameterCommand({ Name: 'x' }))).rejects.toMatchObject(
      refusal('UnrecognizedClientException'),
    );
    await expect(new S3Client(unknown).send(new ListBucketsCommand({}))).rejects.toMatchObject(refusal('InvalidAccessKeyId'));
  });

  test('refuses a request whose signature was made with another secret', async () => {
    const forged = { ...config, credentials: { ...key, secretAccessKey: 'another' } };
    await expect(new STSClient(forged).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(new S3Client(forged).send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  test('refuses a request without a signature', async () => {
    const response = await fetch(config.endpoint, { method: 'POST', body: 'Action=GetCallerIdentity' });
    expect(response.status).toBe(403);
  });

  test('names the operation or the service that it does not have', async () => {
    await expect(new STSClient(config).send(new GetSessionTokenCommand({}))).rejects.toThrow('does not support sts:GetSessionToken');
    await expect(new SSMClient(config).send(new ListCommandsCommand({}))).rejects.toThrow('does not support ssm:ListCommands');
    await expect(new KMSClient(config).send(new ListKeysCommand({}))).rejects.toThrow("no service 'kms' (POST TrentService.ListKeys)");
    await expect(new CloudFormationClient(config).send(new DescribeStacksCommand({}))).rejects.toThrow("no service 'cloudformation'");
  });

  test('answers a refusal with its code, and a fault of its own as such', async () => {
    const client = new SSMClient(config);
    await expect(client.send(new GetParameterCommand({ Name: 'refusal' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(client.send(new GetParameterCommand({ Name: 'fault' }))).rejects.toThrow(/The local AWS failed.*shoe is undefined/s);
  });

  test('several stand side by side', async () => {
    const other = createGateway(new AccountEntrance({ find: () => ({ isKnown: false, reason: 'unknown' }) }));
    expect(await other.listen(0)).not.toBe(config.endpoint);
    await other.stop();
  });
});

describe('A REST JSON service', () => {
  const service = restJsonService({
    signingNames: ['iot'],
    operations: {
      Describe: { binding: { method: 'GET', uri: '/things/{thingName}', query: { long: 'isLong' } }, handle: (input) => input },
      List: { binding: { method: 'GET', uri: '/things/all' }, handle: () => ({ isList: true }) },
      Put: { binding: { method: 'PUT', uri: '/topics/{topic+}', payload: 'body' }, status: 204, handle: () => undefined },
    },
  });
  const caller = { accountId: '1', accessKeyId: 'k', arn: 'a' };
  const ask = async (method: string, path: string, query = '') => {
    const request = { method, path, query: new URLSearchParams(query), headers: {}, body: Buffer.alloc(0), caller };
    const { status, body = '' } = await service.handle(request);
    return { status, body: body === '' ? undefined : (JSON.parse(body.toString()) as unknown) };
  };

  test('takes members from path and query', async () => {
    expect(await ask('GET', '/things/a%2Fb', 'long=true')).toEqual({ status: 200, body: { thingName: 'a/b', isLong: 'true' } });
  });

  test('prefers the more literal path', async () => {
    expect(await ask('GET', '/things/all')).toEqual({ status: 200, body: { isList: true } });
  });

  test('takes the rest of the path where the binding says so', async () => {
    expect(await ask('PUT', '/topics/a/b/c')).toEqual({ status: 204, body: undefined });
  });

  test('names what it does not have', async () => {
    expect(await ask('GET', '/shoes')).toMatchObject({ status: 404, body: { message: expect.stringContaining('GET /shoes') as unknown } });
  });
});
