import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createSsmService } from '../../../local/ssm/ssm-service.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

let endpoint: ServiceEndpoint;
let client: SSMClient;
beforeEach(async () => {
  endpoint = await serve(createSsmService({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  client = new SSMClient(endpoint.config);
});
afterEach(() => endpoint.stop());

const put = (Name: string, Value: string, more: object = {}) =>
  client.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));

describe('The parameter store', () => {
  test('keeps what was put, with a version that counts', async () => {
    await put('/a/b', 'one');
    expect(await put('/a/b', 'two', { Overwrite: true })).toMatchObject({ Version: 2 });
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/a/b' }));
    expect(Parameter).toMatchObject({ Value: 'two', Version: 2, ARN: 'arn:aws:ssm:eu-central-1:123456789012:parameter/a/b' });
  });

  test('lists below a path, on one level or on all', async () => {
    for (const name of ['/a/b', '/a/b/c', '/ab']) await put(name, 'v');
    const below = async (Recursive: boolean) =>
      (await client.send(new GetParametersByPathCommand({ Path: '/a', Recursive }))).Parameters?.map(({ Name }) => Name);
    expect(await below(false)).toEqual(['/a/b']);
    expect(await below(true)).toEqual(['/a/b', '/a/b/c']);
  });

  test('tells which of several names it does not have', async () => {
    await put('x', 'v');
    expect(await client.send(new GetParametersCommand({ Names: ['x', 'y'] }))).toMatchObject({
      Parameters: [{ Name: 'x' }],
      InvalidParameters: ['y'],
    });
  });

  test('refuses what AWS refuses', async () => {
    await put('x', 'v');
    await expect(put('x', 'w')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    await expect(put('/aws/x', 'w')).rejects.toThrow('can\'t be prefixed with "aws"');
    await expect(put('a/b', 'w')).rejects.toThrow('fully qualified');
    await expect(put('big', 'x'.repeat(4097))).rejects.toThrow('4096');
    await expect(put('p', '1', { AllowedPattern: '^[a-z]+$' })).rejects.toMatchObject({ name: 'ParameterPatternMismatchException' });
    await expect(client.send(new GetParameterCommand({ Name: 'nobody' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(client.send(new DeleteParameterCommand({ Name: 'nobody' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
});
