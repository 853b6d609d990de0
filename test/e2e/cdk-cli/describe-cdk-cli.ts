import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Target } from '../environment/target.ts';
import { testOn } from '../environment/target.ts';
import type { CdkRun } from '../run-cdk.ts';
import { runCdk } from '../run-cdk.ts';

const fixture = join(import.meta.dirname, '../fixtures/sample-app/app.ts');
const deployArguments = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];

/** What the CLI and a suite's own clients see of a target. */
class CdkUser {
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
  readonly #target: Target;
  readonly #config: object;

  constructor(target: Target) {
    this.#target = target;
    const { endpoint, account, credentials } = target;
    this.#config = { endpoint, credentials, region: account.region, maxAttempts: 1, forcePathStyle: true };
  }

  cdk(...args: readonly string[]): Promise<CdkRun> {
    return runCdk({ folder: this.folder, app: fixture, environment: this.#target.environment }, ...args);
  }

  async statusOf(StackName: string): Promise<string | undefined> {
    const { Stacks } = await new CloudFormationClient(this.#config).send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  }

  async greeting(): Promise<string | undefined> {
    return (await new SSMClient(this.#config).send(new GetParameterCommand({ Name: '/sample/greeting' }))).Parameter?.Value;
  }

  async sampleBuckets(): Promise<number> {
    const { Buckets = [] } = await new S3Client(this.#config).send(new ListBucketsCommand({}));
    return Buckets.filter(({ Name = '' }) => Name.startsWith('samplestorage-')).length;
  }
}

const ended = (text: string): object => ({ exitCode: 0, output: expect.stringContaining(text) as unknown });

/** One life of an environment, in order: the same on a local AWS and on any other. */
export const describeCdkCli = (target: Target): void => {
  const user = new CdkUser(target);
  const { accountId, region } = target.account;
  const test = testOn(target, ['cloudformation', 'iam', 's3', 'ssm']);

  afterAll(async () => {
    await target.close();
    rmSync(user.folder, { recursive: true });
  });

  test('bootstraps the account', async () => {
    const run = await user.cdk('bootstrap', `aws://${accountId}/${region}`, '--bootstrap-customer-key', 'false');
    expect(run).toMatchObject(ended('bootstrapped'));
    expect(await user.statusOf('CDKToolkit')).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  });

  test('shows what it would deploy, and deploys nothing, when it is told not to execute', async () => {
    const { exitCode } = await user.cdk('deploy', 'SampleStorage', '--no-execute', '--require-approval', 'never');
    expect(exitCode).toBe(0);
    expect(await user.statusOf('SampleStorage')).toBe('REVIEW_IN_PROGRESS');
    expect(await user.sampleBuckets()).toBe(0);
  });

  test('deploys an app whose stacks depend on each other', async () => {
    expect(await user.cdk(...deployArguments)).toMatchObject(ended('SampleAccess.BucketArn = arn:aws:s3:::'));
    expect(await user.greeting()).toBe('hello');
    expect(await user.sampleBuckets()).toBe(1);
  });

  test('finds nothing to do the second time, even when it is told to try', async () => {
    expect((await user.cdk(...deployArguments)).output).toContain('SampleAccess (no changes)');
    expect(await user.cdk(...deployArguments, '--force')).toMatchObject(ended('(no changes)'));
  });

  test('tells by a change set what would be replaced', async () => {
    const differences = async (...context: readonly string[]): Promise<string> => {
      const { output } = await user.cdk('diff', 'SampleAccess', '--exclusively', '--change-set', ...context);
      return output.slice(output.indexOf('Resources\n'));
    };
    expect(await differences('-c', 'parameter=/sample/other')).toMatch(/AWS::SSM::Parameter Greeting.*replace/);
    expect(await differences('-c', 'greeting=good day')).toMatch(/^(?!.*replace).*good day/s);
  });

  test('deploys a change', async () => {
    expect((await user.cdk(...deployArguments, '-c', 'greeting=good day')).exitCode).toBe(0);
    expect(await user.greeting()).toBe('good day');
    expect(await user.statusOf('SampleAccess')).toBe('UPDATE_COMPLETE');
  });

  test('reports a deployment that fails, after which everything is as before', async () => {
    const { exitCode, output } = await user.cdk(...deployArguments, '-c', 'greeting=never', '-c', 'broken=1');
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining("can't be prefixed with") as unknown });
    expect(await user.statusOf('SampleAccess')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await user.greeting()).toBe('good day');
  });

  test('destroys what it deployed', async () => {
    expect((await user.cdk('destroy', '--all', '--force')).exitCode).toBe(0);
    await expect(user.statusOf('SampleAccess')).rejects.toThrow('does not exist');
    await expect(user.statusOf('SampleStorage')).rejects.toThrow('does not exist');
    expect(await user.sampleBuckets()).toBe(0);
    await expect(user.greeting()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
};
