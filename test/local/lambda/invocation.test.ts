import { AddPermissionCommand, InvokeCommand, TooManyRequestsException, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../../local/clock.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import { testStartMs } from '../service-endpoint.ts';
import type { LambdaFixture } from './lambda-fixture.ts';
import { startLambda, testRole } from './lambda-fixture.ts';

let lambda: LambdaFixture;

beforeAll(async () => {
  lambda = await startLambda(systemClock);
});

afterAll(() => lambda.stop());

interface Answer {
  readonly error: string | undefined;
  readonly payload: unknown;
}

const invoke = async (FunctionName: string, event: unknown = {}): Promise<Answer> => {
  const { Payload, FunctionError } = await lambda.client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return { error: FunctionError, payload: JSON.parse(Payload?.transformToString() ?? 'null') as unknown };
};

const answerOf = async (source: string, properties = {}): Promise<Answer> => invoke((await lambda.deploy(source, properties)).physicalId);

const failure = (errorType: string, errorMessage: string): object => ({
  error: 'Unhandled',
  payload: { errorType, errorMessage: expect.stringContaining(errorMessage) as unknown },
});

describe('a handler', () => {
  test('gets its event and context, and answers with JSON', async () => {
    const { physicalId } = await lambda.deploy(`export const handler = async (event, context) => ({
      event, name: context.functionName, version: context.functionVersion, arn: context.invokedFunctionArn,
      memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() > 2000, id: context.awsRequestId.length })`);
    expect((await invoke(physicalId, { a: [1] })).payload).toEqual({
      event: { a: [1] },
      name: physicalId,
      version: '$LATEST',
      arn: `arn:aws:lambda:eu-central-1:123456789012:function:${physicalId}`,
      memory: '128',
      left: true,
      id: 36,
    });
  });

  test('may be a CommonJS module', async () => {
    const Code = lambda.upload({ 'lib/main.js': 'exports.handler = async () => require("node:path").basename(__filename)' });
    expect(await answerOf('', { Code, Handler: 'lib/main.handler' })).toMatchObject({ payload: 'main.js' });
  });

  test('may be source text in the template', async () => {
    const Code = { ZipFile: 'exports.handler = async () => "inline"' };
    expect(await answerOf('', { Code })).toMatchObject({ payload: 'inline' });
  });

  test('answers null when it has nothing to say', async () => {
    expect(await answerOf('export const handler = async () => undefined')).toEqual({ error: undefined, payload: null });
  });

  test('keeps its module state from one invocation to the next', async () => {
    const { physicalId } = await lambda.deploy('let count = 0; export const handler = async () => (count += 1)');
    const answers = [await invoke(physicalId), await invoke(physicalId), await invoke(physicalId)];
    expect(answers.map(({ payload }) => payload)).toEqual([1, 2, 3]);
  });

  test('starts afresh when its credentials have ended', async () => {
    const clock = new ManualClock(testStartMs);
    const own = await startLambda(clock, { credentialsLastMs: 60_000 });
    const { physicalId } = await own.deploy('let count = 0; export const handler = async () => (count += 1)');
    const count = async (): Promise<number> => {
      const { Payload } = await own.client.send(new InvokeCommand({ FunctionName: physicalId }));
      return Number(Payload?.transformToString());
    };
    expect([await count(), await count()]).toEqual([1, 2]);
    clock.advance(60_000);
    expect(await count()).toBe(1);
    await own.stop();
  });

  test('stands still between invocations', async () => {
    const { physicalId } = await lambda.deploy(
      'let ticks = 0; export const handler = async () => { setInterval(() => { ticks += 1; }, 1); return ticks; }',
    );
    await invoke(physicalId);
    await setTimeout(100);
    expect((await invoke(physicalId)).payload).toBeLessThan(10);
  });
});

describe('what a function sees', () => {
  test('is its own environment and nothing of the host', async () => {
    const { payload } = await answerOf('export const handler = async () => process.env', {
      Environment: { Variables: { TABLE_NAME: 'enrollments' } },
    });
    const variables = payload as Readonly<Record<string, string>>;
    expect(variables).toMatchObject({
      TABLE_NAME: 'enrollments',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'ASIAROLE',
      AWS_SECRET_ACCESS_KEY: 'role-secret',
      AWS_SESSION_TOKEN: 'role-token',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    });
    const host = Object.keys(process.env).filter((name) => name in variables);
    expect(host.filter((name) => variables[name] === process.env[name] && !name.startsWith('AWS_') && name !== 'LANG')).toEqual([]);
    expect(Object.keys(variables)).not.toContain('NODE_ENV');
  });

  test.each([
    [{ AWS_REGION: 'x' }, 'Reserved keys used in this request: AWS_REGION'],
    [{ LONG: 'x'.repeat(5000) }, 'longer than 4096 bytes'],
  ])('cannot contain %j', async (Variables, message) => {
    await expect(lambda.deploy('', { Environment: { Variables } })).rejects.toThrow(message);
  });
});

describe('a function that fails', () => {
  test('by throwing names the error, and the next invocation finds the same module', async () => {
    const { physicalId } = await lambda.deploy(
      'let count = 0; export const handler = async (event) => { count += 1; if (event.bad) throw new TypeError("no such thing"); return count; }',
    );
    expect(await invoke(physicalId, { bad: true })).toMatchObject(failure('TypeError', 'no such thing'));
    expect((await invoke(physicalId)).payload).toBe(2);
  });

  test('by hanging is ended at its time-out, and starts afresh', async () => {
    const { physicalId } = await lambda.deploy(
      'let count = 0; export const handler = async (event) => { count += 1; if (event.hang) await new Promise((r) => setTimeout(r, 60000)); return count; }',
      { Timeout: 1 },
    );
    expect(await invoke(physicalId, { hang: true })).toMatchObject(failure('Sandbox.Timedout', 'Task timed out after 1.00 seconds'));
    expect((await invoke(physicalId)).payload).toBe(1);
  });

  test('by a busy loop is ended as well', async () => {
    const source = 'export const handler = async () => { for (;;); }';
    expect(await answerOf(source, { Timeout: 1 })).toMatchObject(failure('Sandbox.Timedout', 'timed out'));
  });

  test.each([
    [
      'a rejection nobody handles',
      'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); }',
      'Runtime.UnhandledPromiseRejection',
      'lost',
    ],
    [
      'a throw outside the handler',
      'export const handler = () => { setTimeout(() => { throw new RangeError("late"); }); return new Promise(() => {}); }',
      'RangeError',
      'late',
    ],
    ['leaving', 'export const handler = async () => { process.exit(3); }', 'Runtime.ExitError', 'exit status 3'],
    ['a promise that nothing can settle', 'export const handler = () => new Promise(() => {})', 'Runtime.NodeJsExit', 'has not settled'],
    ['an answer that is no JSON', 'export const handler = async () => 1n', 'Runtime.MarshalError', 'BigInt'],
    ['an answer over 6 MB', 'export const handler = async () => "x".repeat(6 * 1024 * 1024)', 'Function.ResponseSizeTooLarge', 'exceeded'],
    ['a throw while loading', 'throw new Error("at start"); export const handler = 1', 'Error', 'at start'],
    ['no such export', 'export const other = 1', 'Runtime.HandlerNotFound', 'index.handler'],
    ['a missing module', 'import "nowhere"; export const handler = async () => 1', 'Runtime.ImportModuleError', 'nowhere'],
  ])('by %s says so', async (_, source, errorType, message) => {
    expect(await answerOf(source)).toMatchObject(failure(errorType, message));
  });
});

describe('concurrency', () => {
  const slow = 'export const handler = async () => { await new Promise((r) => setTimeout(r, 200)); return 1; }';

  test('runs as many at once as asked, each in an environment of its own', async () => {
    const source = `const id = Math.random(); ${slow.replace('return 1', 'return id')}`;
    const { physicalId } = await lambda.deploy(source);
    const answers = await Promise.all([invoke(physicalId), invoke(physicalId), invoke(physicalId)]);
    expect(new Set(answers.map(({ payload }) => payload)).size).toBe(3);
  });

  test('refuses what goes beyond the reservation', async () => {
    const { physicalId } = await lambda.deploy(slow, { ReservedConcurrentExecutions: 1 });
    const outcomes = await Promise.allSettled([invoke(physicalId), invoke(physicalId)]);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toBeInstanceOf(TooManyRequestsException);
  });

  describe('on a small machine', () => {
    const counts = async (most: number, ms: number, invocations: number): Promise<readonly number[]> => {
      const small = await startLambda(systemClock, { environments: { prompt: 1, most } });
      const { physicalId: FunctionName } = await small.deploy(
        `let count = 0; export const handler = () => new Promise((resolve) => setTimeout(() => resolve((count += 1)), ${ms}));`,
      );
      const runs = Array.from({ length: invocations }, () => small.client.send(new InvokeCommand({ FunctionName })));
      const told = (await Promise.all(runs)).map(({ Payload }) => Number(Payload?.transformToString()));
      await small.stop();
      return told.toSorted((a, b) => a - b);
    };

    test('waits for a thread beyond what it should start', async () => {
      expect(await counts(1, 1, 5)).toEqual([1, 2, 3, 4, 5]);
    });

    test('gets another where none is free in a moment', async () => {
      expect(await counts(2, 1500, 2)).toEqual([1, 1]);
    });
  });
});

describe('the log', () => {
  test('has Lambda’s own lines and the function’s, in order', async () => {
    const { physicalId } = await lambda.deploy(
      'export const handler = async () => { console.log("hello %s", "you"); process.stdout.write("raw\\n"); }',
    );
    await invoke(physicalId);
    const lines = lambda.linesOf(physicalId);
    expect(lines.map((line) => line.split(' RequestId')[0]?.split('\t').at(-1))).toEqual(['START', 'hello you', 'raw', 'END', 'REPORT']);
    expect(lines[1]).toMatch(/^\d{4}-.*Z\t[0-9a-f-]{36}\tINFO\thello you$/);
  });

  test('is JSON when the function wants it, from its level up, in the group it names', async () => {
    const LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', LogGroup: '/muster/audit' };
    const { physicalId } = await lambda.deploy('export const handler = async () => { console.info("no"); console.warn({ code: "x" }); }', {
      LoggingConfig,
    });
    await invoke(physicalId);
    const lines = lambda.logs.filter(({ logGroup }) => logGroup === '/muster/audit').map(({ message }) => JSON.parse(message) as object);
    expect(lines).toMatchObject([{ type: 'platform.start' }, { level: 'WARN', message: { code: 'x' } }, { type: 'platform.report' }]);
  });

  test('tells of a time-out', async () => {
    const { physicalId } = await lambda.deploy('export const handler = async () => { for (;;); }', { Timeout: 1 });
    await invoke(physicalId);
    expect(lambda.linesOf(physicalId).join('\n')).toContain('Task timed out after 1.00 seconds');
  });
});

describe('a change', () => {
  test('of the settings or the code takes effect with the next invocation', async () => {
    const functions = providerOf(lambda.service.resources, 'AWS::Lambda::Function');
    const from = {
      Code: lambda.upload({ 'index.mjs': 'let n = 0; export const handler = async () => [process.env.MODE, n += 1]' }),
      Handler: 'index.handler',
      Role: testRole,
      Runtime: 'nodejs24.x',
    };
    const state = await functions.create(from, resourceContext('Changing'));
    await invoke(state.physicalId);
    const Environment = { Variables: { MODE: 'new' } };
    await lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: state.physicalId, Environment }));
    expect((await invoke(state.physicalId)).payload).toEqual(['new', 1]);
    const to = { ...from, Environment, Code: lambda.upload({ 'index.mjs': 'export const handler = async () => "second"' }) };
    await functions.update(state, { from, to }, resourceContext());
    expect((await invoke(state.physicalId)).payload).toBe('second');
    await functions.delete(state, to, resourceContext());
    await expect(invoke(state.physicalId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a Lambda that stops', () => {
  test('ends what is still running, which fails, and starts nothing that waits', async () => {
    const stopping = await startLambda(systemClock, { environments: { prompt: 1, most: 1 } });
    const { physicalId: functionName } = await stopping.deploy(
      'export const handler = () => { console.log("began"); return new Promise(() => setInterval(() => {}, 1000)); }',
      { Timeout: 60 },
    );
    const invocation = { functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}`, payload: {} };
    await stopping.client.send(
      new AddPermissionCommand({
        FunctionName: functionName,
        ...{ StatementId: 'test', Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com' },
      }),
    );
    const running = [1, 2].map(() => stopping.service.invoker.invoke({ ...invocation, principal: 'iot.amazonaws.com' }));
    while (!stopping.linesOf(functionName).some((line) => line.includes('began'))) await setTimeout(10);
    await stopping.stop();
    expect(await Promise.all(running)).toEqual([
      expect.objectContaining({ outcome: 'failed', errorType: 'Runtime.ExitError' }),
      { outcome: 'refused', code: 'TooManyRequestsException' },
    ]);
  });
});
