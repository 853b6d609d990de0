import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { GetParameterCommand, PutParameterCommand, SSMClient, SSMServiceException } from '@aws-sdk/client-ssm';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { FaultyServices } from './faulty-services.ts';

let local: FaultyServices;
beforeAll(async () => {
  local = await FaultyServices.start();
});
afterAll(() => local.stop());
beforeEach(() => {
  local.faults.clear();
  local.log.clear();
});

const once = { count: 1 } as const;

describe('A fault at an operation', () => {
  test('throttles, and an SDK that retries gets through', async () => {
    const { id } = local.faults.add({
      at: 'operation',
      service: 'sts',
      operation: 'GetCallerIdentity',
      effect: { kind: 'throttle' },
      count: 2,
    });
    const client = new STSClient({ ...local.config, maxAttempts: 3 });
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
    expect(local.log.list()).toMatchObject([
      { service: 'sts', operation: 'GetCallerIdentity', status: 400, errorCode: 'Throttling', faultId: id, effect: 'throttle' },
      { status: 400, faultId: id },
      { status: 200, caller: 'arn:aws:iam::123456789012:root' },
    ]);
  });

  test.each([
    ['sts', () => new STSClient(local.config).send(new GetCallerIdentityCommand({}))],
    ['ssm', () => new SSMClient(local.config).send(new GetParameterCommand({ Name: 'x' }))],
    ['s3', () => new S3Client(local.config).send(new ListBucketsCommand({}))],
  ] as const)('answers the error that was asked for in the protocol of %s', async (service, call) => {
    local.faults.add({ at: 'operation', service, effect: { kind: 'error', code: 'OutOfLuck', status: 503, message: 'not today' } });
    await expect(call()).rejects.toMatchObject({ name: 'OutOfLuck', message: 'not today' });
    expect(local.log.list({ onlyFailures: true })).toMatchObject([{ service, status: 503, errorCode: 'OutOfLuck' }]);
  });

  test('drops the connection before anything happened', async () => {
    local.faults.add({ at: 'operation', service: 'ssm', effect: { kind: 'drop' }, ...once });
    const client = new SSMClient(local.config);
    await expect(client.send(new PutParameterCommand({ Name: 'dropped', Value: 'x', Type: 'String' }))).rejects.toThrow('socket hang up');
    await expect(client.send(new GetParameterCommand({ Name: 'dropped' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    expect(local.log.list()[0]).toMatchObject({ status: 0, effect: 'drop' });
  });

  test('loses the reply after everything happened', async () => {
    local.faults.add({ at: 'operation', service: 'ssm', operation: 'PutParameter', effect: { kind: 'lose-reply' } });
    const client = new SSMClient(local.config);
    await expect(client.send(new PutParameterCommand({ Name: 'lost', Value: 'x', Type: 'String' }))).rejects.toThrow('socket hang up');
    expect(await client.send(new GetParameterCommand({ Name: 'lost' }))).toMatchObject({ Parameter: { Value: 'x' } });
  });

  test('lets a request wait on the clock of the local AWS', async () => {
    local.faults.add({ at: 'operation', service: 'sts', effect: { kind: 'latency', ms: 3_600_000 } });
    const answer = new STSClient(local.config).send(new GetCallerIdentityCommand({}));
    while (local.faults.list()[0]?.hits === 0) await new Promise(setImmediate);
    local.clock.advance(3_600_000);
    expect(await answer).toMatchObject({ Account: '123456789012' });
  });

  test('strikes only where resource and parameters match', async () => {
    const effect = { kind: 'error', code: 'Struck', status: 500 } as const;
    const client = new SSMClient(local.config);
    const attempt = async (Name: string): Promise<unknown> => {
      try {
        return await client.send(new GetParameterCommand({ Name }));
      } catch (thrown) {
        return thrown instanceof SSMServiceException ? thrown.name : thrown;
      }
    };
    local.faults.add({ at: 'operation', service: 'ssm', parameters: { Name: 'a-*' }, effect });
    expect([await attempt('a-1'), await attempt('b-1')]).toEqual(['Struck', 'ParameterNotFound']);
    local.faults.clear();
    local.faults.add({ at: 'operation', service: 'ssm', resource: '?-1', effect });
    expect([await attempt('a-1'), await attempt('a-2')]).toEqual(['Struck', 'ParameterNotFound']);
  });

  test('finds a bucket by its place in the path', async () => {
    const client = new S3Client(local.config);
    await client.send(new CreateBucketCommand({ Bucket: 'shoes' }));
    local.faults.add({ at: 'operation', service: 's3', operation: 'PutObject', resource: 'shoes/left', effect: { kind: 'throttle' } });
    const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'shoes', Key, Body: 'x' }));
    await expect(put('left')).rejects.toMatchObject({ name: 'SlowDown' });
    await put('right');
  });
});

describe('The request log', () => {
  test('names operations of every protocol, and keeps the id that the caller got', async () => {
    const { $metadata } = await new STSClient(local.config).send(new GetCallerIdentityCommand({}));
    await new S3Client(local.config).send(new ListBucketsCommand({}));
    await new SSMClient(local.config).send(new GetParameterCommand({ Name: 'none' })).catch(() => undefined);
    expect(local.log.list()).toMatchObject([
      { service: 'sts', operation: 'GetCallerIdentity', requestId: $metadata.requestId },
      { service: 's3', operation: 'ListBuckets', status: 200 },
      { service: 'ssm', operation: 'GetParameter', status: 400, errorCode: 'ParameterNotFound' },
    ]);
  });

  test('keeps the last ones only', async () => {
    for (let index = 0; index < 12; index += 1) await new STSClient(local.config).send(new GetCallerIdentityCommand({}));
    expect(local.log.list()).toHaveLength(10);
    expect(local.log.list({ limit: 3 })).toHaveLength(3);
    expect(local.log.list({ service: 's3' })).toHaveLength(0);
  });
});
