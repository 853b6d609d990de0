import { InvokeCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { setTimeout as wait } from 'node:timers/promises';
import { ManualClock } from '../../../local/manual-clock.ts';
import { testStartMs } from '../service-endpoint.ts';
import type { LambdaFixture } from './lambda-fixture.ts';
import { startLambda } from './lambda-fixture.ts';

let clock: ManualClock;
let fixture: LambdaFixture;
let FunctionName: string;
beforeEach(async () => {
  clock = new ManualClock(testStartMs);
  fixture = await startLambda(clock);
  const source = `export const handler = async ({ ok }) => { console.log('attempt'); if (!ok) throw new Error('never'); };`;
  FunctionName = (await fixture.deploy(source)).physicalId;
});
afterEach(() => fixture.stop());

const attempts = (): number => fixture.linesOf(FunctionName).filter((line) => line.includes('attempt')).length;

const reports = (): number => fixture.linesOf(FunctionName).filter((line) => line.startsWith('REPORT')).length;

/** Waits for so many attempts to be over, and a little longer for one too many. */
const settled = async (count: number): Promise<void> => {
  while (reports() < count) await wait(5);
  await wait(50);
};

const send = (event: object): Promise<unknown> =>
  fixture.client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) }));

describe('An asynchronous invocation', () => {
  test('that fails is tried again after one minute and after two more, and then no more', async () => {
    await send({});
    await settled(1);
    clock.advance(59_000);
    await settled(1);
    expect(attempts()).toBe(1);
    clock.advance(1000);
    await settled(2);
    clock.advance(120_000);
    await settled(3);
    clock.advance(3_600_000);
    await settled(3);
    expect(attempts()).toBe(3);
  });

  test('that succeeds is over', async () => {
    await send({ ok: true });
    await settled(1);
    clock.advance(3_600_000);
    await settled(1);
    expect(attempts()).toBe(1);
  });

  test('is tried again as often as its configuration says', async () => {
    await fixture.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
    await send({});
    await settled(1);
    clock.advance(3_600_000);
    await settled(1);
    expect(attempts()).toBe(1);
  });

  const destination = (Destination: string, more: object = {}) =>
    fixture.client.send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig: { OnFailure: { Destination } }, ...more }),
    );

  test('that is given up goes to the queue that its function names, with what it was and why', async () => {
    const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:letters';
    await destination(queueArn, { MaximumRetryAttempts: 1 });
    await send({ ok: false });
    await settled(1);
    expect(fixture.sent).toEqual([]);
    clock.advance(60_000);
    await settled(2);
    expect(fixture.sent.map((one) => one.queueArn)).toEqual([queueArn]);
    expect(JSON.parse(fixture.sent[0]?.body ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { ok: false },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'never' },
    });
  });

  test('names a queue that its role may send to, and no other destination', async () => {
    await expect(destination('arn:aws:sqs:eu-central-1:123456789012:closed')).rejects.toThrow('SendMessage');
    await expect(destination('arn:aws:sns:eu-central-1:123456789012:topic')).rejects.toThrow('Destination');
  });
});
