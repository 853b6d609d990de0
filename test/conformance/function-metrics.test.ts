import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

const page = 'Lambda developer guide, "Types of metrics for Lambda functions"';
const FunctionName = 'measured';
const source = `export const handler = async ({ wrong, slow }) => {
  if (wrong) throw new Error('wrong');
  if (slow) await new Promise(() => setInterval(() => {}, 1000));
};`;

let aws: LocalAws;
let lambda: LambdaClient;
let cloudWatch: CloudWatchClient;

beforeAll(async () => {
  aws = await startLocalAws();
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
  [lambda, cloudWatch] = [new LambdaClient(config), new CloudWatchClient(config)];
  const iam = new IAMClient(config);
  const Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const role = { RoleName: 'f', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) };
  const { Role } = await iam.send(new CreateRoleCommand(role));
  iam.destroy();
  const Code = { ZipFile: zipSync({ 'index.mjs': strToU8(source) }) };
  const runtime = { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn, Timeout: 1 } as const;
  await lambda.send(new CreateFunctionCommand({ FunctionName, ...runtime, Code }));
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
});
afterAll(async () => {
  for (const client of [lambda, cloudWatch]) client.destroy();
  await aws.stop();
});

const invoke = (event: object, Qualifier?: string) =>
  lambda.send(new InvokeCommand({ FunctionName, Qualifier, Payload: Buffer.from(JSON.stringify(event)) }));

const sumOf = async (MetricName: string, dimensions: Readonly<Record<string, string>> = { FunctionName }): Promise<number> => {
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: 'AWS/Lambda', MetricName, Statistics: ['Sum'], Period: 7200 },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...{ StartTime: new Date(Date.now() - 3_600_000), EndTime: new Date(Date.now() + 3_600_000) },
    }),
  );
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
};

const sums = async (dimensions?: Readonly<Record<string, string>>) => ({
  invocations: await sumOf('Invocations', dimensions),
  errors: await sumOf('Errors', dimensions),
  throttles: await sumOf('Throttles', dimensions),
});

describe('A function', () => {
  documented(page, 'has its invocations counted, and among them as errors those that throw or run out of time', async () => {
    await invoke({});
    expect(await sums()).toEqual({ invocations: 1, errors: 0, throttles: 0 });
    await invoke({ wrong: true });
    await invoke({ slow: true });
    expect(await sums()).toEqual({ invocations: 3, errors: 2, throttles: 0 });
    expect(await sumOf('Duration')).toBeGreaterThan(1000);
  });

  documented(page, 'has counted as throttled, and not as invoked, what found no concurrency', async () => {
    const before = await sums();
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    await expect(invoke({})).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(await sums()).toEqual({ ...before, throttles: before.throttles + 1 });
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 }));
  });

  documented(
    'Lambda developer guide, "Viewing metrics for Lambda functions"',
    'is counted as a whole, by its aliases, and with all others',
    async () => {
      const [own, all] = [await sums(), await sums({})];
      await invoke({}, 'live');
      const more = { errors: own.errors, throttles: own.throttles };
      expect(await sums()).toEqual({ ...more, invocations: own.invocations + 1 });
      expect(await sums({ FunctionName, Resource: 'measured:live' })).toEqual({ invocations: 1, errors: 0, throttles: 0 });
      expect(await sums({})).toEqual({ ...all, invocations: all.invocations + 1 });
    },
  );
});
