import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createSqsAuditDeadLetters } from '../../../aws/sqs/audit-dead-letters.ts';

const resources = { queueUrl: 'https://sqs.example/letters', functionName: 'intake' };

const letterOf = (batch: string): string =>
  JSON.stringify({ version: '1.0', requestPayload: { awslogs: { data: batch } }, responsePayload: { errorMessage: 'S3 is away' } });

/** A queue that hides what was received, and an intake that takes what is not called bad. */
const aBench = (bodies: readonly string[]) => {
  const hidden: Message[] = bodies.map((Body, index) => ({ MessageId: `m${index}`, ReceiptHandle: `r${index}`, Body }));
  const waiting = [...hidden];
  const [deleted, invoked]: [string[], unknown[]] = [[], []];
  const sqs = new SQSClient({ region: 'eu-west-1' });
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  sqs.send = (command: unknown) => {
    if (command instanceof ReceiveMessageCommand) return Promise.resolve({ Messages: waiting.splice(0, 10) });
    if (command instanceof DeleteMessageCommand) deleted.push(command.input.ReceiptHandle ?? '');
    return Promise.resolve({});
  };
  lambda.send = (command: unknown) => {
    const payload = command instanceof InvokeCommand && typeof command.input.Payload === 'string' ? command.input.Payload : '{}';
    invoked.push(JSON.parse(payload));
    return Promise.resolve(payload.includes('bad') ? { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"still"}') } : {});
  };
  return { deleted, invoked, letters: createSqsAuditDeadLetters({ sqs, lambda }, resources) };
};

describe('Dead letters of the intake', () => {
  test('are brought to it as it got them, and deleted when it has taken them', async () => {
    const { letters, invoked, deleted } = aBench(Array.from({ length: 12 }, (_, index) => letterOf(`batch-${index}`)));
    expect(await letters.redrive()).toEqual({ redriven: 12, failures: [] });
    expect(invoked[0]).toEqual({ awslogs: { data: 'batch-0' } });
    expect(deleted).toHaveLength(12);
  });

  test('stay where they are when it fails again, and do not keep the others there', async () => {
    const { letters, deleted } = aBench([letterOf('bad'), letterOf('good')]);
    expect(await letters.redrive()).toEqual({ redriven: 1, failures: ['The message m0 failed again: {"errorMessage":"still"}'] });
    expect(deleted).toEqual(['r1']);
  });

  test('are left alone where they are none', async () => {
    const { letters, deleted, invoked } = aBench(['no JSON', '{}']);
    const { redriven, failures } = await letters.redrive();
    expect([redriven, failures.length, deleted, invoked]).toEqual([0, 2, [], []]);
  });
});
