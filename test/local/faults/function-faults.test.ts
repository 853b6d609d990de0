import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { ManualClock } from '../../../local/manual-clock.ts';
import { RunningAws } from '../control/running-aws.ts';

const clock = new ManualClock(Date.UTC(2026, 10, 22));
let local: RunningAws;
let lambda: LambdaClient;

/** Answers how often it ran in this environment; `hang` waits for ever. */
const code = `
let runs = 0;
export const handler = async (event) => {
  runs += 1;
  if (event === 'hang') await new Promise((resolve) => setInterval(() => undefined, 1000));
  return runs;
};
`;

beforeAll(async () => {
  local = await RunningAws.start({ clock });
  lambda = new LambdaClient(local.config);
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await new IAMClient(local.config).send(new CreateRoleCommand({ RoleName: 'counter', AssumeRolePolicyDocument }));
  const ZipFile = zipSync({ 'index.mjs': Buffer.from(code) });
  const settings = { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn, Timeout: 30 } as const;
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'counter', Code: { ZipFile }, ...settings }));
});
afterAll(() => local.stop());
beforeEach(() => {
  local.aws.faults.clear();
  local.aws.requests.clear();
});

const invoke = async (event: unknown = {}) => {
  const { FunctionError, Payload = Buffer.alloc(0) } = await lambda.send(
    new InvokeCommand({ FunctionName: 'counter', Payload: Buffer.from(JSON.stringify(event)) }),
  );
  return { FunctionError, payload: JSON.parse(Buffer.from(Payload).toString()) as unknown };
};

const struck = async (): Promise<void> => {
  while (local.aws.faults.list()[0]?.hits !== 1) await new Promise(setImmediate);
};

const at = { at: 'function', functionName: 'count*', count: 1 } as const;

describe('A fault at a function', () => {
  test('kills it in the middle, which its caller learns as a failure, and the next call finds a new environment', async () => {
    expect(await invoke()).toEqual({ FunctionError: undefined, payload: 1 });
    local.aws.faults.add({ ...at, effect: { kind: 'kill', afterMs: 100 } });
    const killed = invoke('hang');
    await struck();
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(100);
    expect(await killed).toMatchObject({
      FunctionError: 'Unhandled',
      payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: killed') as unknown },
    });
    expect(await invoke()).toMatchObject({ payload: 1 });
    expect(local.aws.requests.list({ service: 'lambda-run' })).toMatchObject([
      { operation: 'counter', status: 500, errorCode: 'Runtime.ExitError', effect: 'kill' },
    ]);
  });

  test('throttles it', async () => {
    local.aws.faults.add({ ...at, effect: { kind: 'throttle' } });
    await expect(invoke()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    const retrying = new LambdaClient({ ...local.config, maxAttempts: 3 });
    local.aws.faults.add({ ...at, effect: { kind: 'throttle' } });
    expect(await retrying.send(new InvokeCommand({ FunctionName: 'counter' }))).toMatchObject({ StatusCode: 200 });
  });

  test('answers an error in its place', async () => {
    local.aws.faults.add({ ...at, effect: { kind: 'error', errorType: 'OutOfInk', message: 'no more' } });
    expect(await invoke()).toEqual({ FunctionError: 'Unhandled', payload: { errorType: 'OutOfInk', errorMessage: 'no more' } });
  });

  test('loses its answer after the work is done', async () => {
    const { payload: before } = await invoke();
    local.aws.faults.add({ ...at, effect: { kind: 'lose-reply' } });
    const lost = invoke();
    await struck();
    await new Promise((resolve) => setTimeout(resolve, 200));
    clock.advance(30_000);
    expect(await lost).toMatchObject({ FunctionError: 'Unhandled', payload: { errorType: 'Sandbox.Timedout' } });
    expect(await invoke()).toMatchObject({ payload: Number(before) + 2 });
  });

  test('lets it start late', async () => {
    local.aws.faults.add({ ...at, effect: { kind: 'latency', ms: 60_000 } });
    const late = invoke();
    await struck();
    clock.advance(60_000);
    expect(await late).toMatchObject({ FunctionError: undefined });
  });
});
