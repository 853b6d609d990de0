import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { AuditDeadLetters } from '../../domain/audit/dead-letters.ts';
import { parseJson } from '../../domain/parse-json.ts';

interface DeadLetterResources {
  readonly queueUrl: string;
  /** The intake. */
  readonly functionName: string;
}

/** Longer than the intake may take. */
const HIDDEN_SECONDS = 120;

// Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations".
const letter = z.object({ requestPayload: z.unknown() });

/** Has the intake take what it did not take before, batch by batch; a batch that it takes goes from the queue, the others stay. */
export const createSqsAuditDeadLetters = (
  { sqs, lambda }: { readonly sqs: SQSClient; readonly lambda: LambdaClient },
  { queueUrl: QueueUrl, functionName: FunctionName }: DeadLetterResources,
): AuditDeadLetters => ({
  async redrive() {
    const failures: string[] = [];
    let redriven = 0;
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 1 }),
      );
      if (Messages.length === 0) return { redriven, failures };
      for (const { ReceiptHandle, ...message } of Messages) {
        const failure = await bring(lambda, FunctionName, message);
        if (failure === undefined) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          redriven += 1;
        } else failures.push(failure);
      }
    }
  },
});

const bring = async (lambda: LambdaClient, FunctionName: string, { MessageId, Body = '' }: Message): Promise<string | undefined> => {
  const parsed = z.safeParse(letter, parseJson(Body));
  if (!parsed.success) return `The message ${String(MessageId)} is no batch that Lambda gave up.`;
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(parsed.data.requestPayload) }));
  if (answer.FunctionError === undefined) return undefined;
  return `The message ${String(MessageId)} failed again: ${Buffer.from(answer.Payload ?? [])
    .toString('utf8')
    .slice(0, 500)}`;
};
