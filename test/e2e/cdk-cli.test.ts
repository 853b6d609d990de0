import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import type { CdkRun } from './run-cdk.ts';
import { runCdk } from './run-cdk.ts';

const fixture = join(import.meta.dirname, 'fixtures/sample-app/app.ts');
const deployArguments = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];

let aws: LocalAws;
let folder: string;
const cdk = (...args: readonly string[]): Promise<CdkRun> => runCdk({ folder, app: fixture, environment: aws.environment }, ...args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
  aws = await startLocalAws({ region: 'eu-central-1' });
});
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true });
});

const clientConfig = () => ({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 });

const statusOf = async (StackName: string): Promise<string | undefined> => {
  const { Stacks } = await new CloudFormationClient(clientConfig()).send(new DescribeStacksCommand({ StackName }));
  return Stacks?.[0]?.StackStatus;
};

const greeting = async (): Promise<string | undefined> =>
  (await new SSMClient(clientConfig()).send(new GetParameterCommand({ Name: '/sample/greeting' }))).Parameter?.Value;

// The tests go through one life of an environment, in order.
describe('The unmodified CDK CLI', () => {
  test('is refused a deployment before the account is bootstrapped', async () => {
    const { exitCode, output } = await cdk(...deployArguments);
    expect({ exitCode, isExplained: /bootstrap/i.test(output) }).toEqual({ exitCode: 1, isExplained: true });
  });

  test('bootstraps the account', async () => {
    const { exitCode, output } = await cdk('bootstrap', 'aws://123456789012/eu-central-1', '--bootstrap-customer-key', 'false');
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('bootstrapped') as unknown });
    expect(await statusOf('CDKToolkit')).toBe('CREATE_COMPLETE');
  });

  test('deploys an app whose stacks depend on each other', async () => {
    const { exitCode, output } = await cdk(...deployArguments);
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('SampleAccess.BucketArn = arn:aws:s3:::') as unknown,
    });
    expect(await greeting()).toBe('hello');
    expect((await new S3Client(clientConfig()).send(new ListBucketsCommand({}))).Buckets).toHaveLength(2);
  });

  test('finds nothing to do the second time, even when it is told to try', async () => {
    expect((await cdk(...deployArguments)).output).toContain('SampleAccess (no changes)');
    const { exitCode, output } = await cdk(...deployArguments, '--force');
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('(no changes)') as unknown });
  });

  test('deploys a change', async () => {
    expect((await cdk(...deployArguments, '-c', 'greeting=good day')).exitCode).toBe(0);
    expect(await greeting()).toBe('good day');
    expect(await statusOf('SampleAccess')).toBe('UPDATE_COMPLETE');
  });

  test('reports a deployment that fails, after which everything is as before', async () => {
    const { exitCode, output } = await cdk(...deployArguments, '-c', 'greeting=never', '-c', 'broken=1');
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining("can't be prefixed with") as unknown });
    expect(await statusOf('SampleAccess')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await greeting()).toBe('good day');
  });

  test('destroys what it deployed', async () => {
    expect((await cdk('destroy', '--all', '--force')).exitCode).toBe(0);
    await expect(statusOf('SampleAccess')).rejects.toThrow('does not exist');
    await expect(statusOf('SampleStorage')).rejects.toThrow('does not exist');
    expect((await new S3Client(clientConfig()).send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
    await expect(greeting()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
});
