import { type Duration, Validations } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { BundledFunction } from './bundled-function.ts';

interface Batches {
  readonly batchSize: number;
  /** How long one may wait to become full; without it, it is what one look at the queue gives. */
  readonly maxBatchingWindow?: Duration;
}

/** Has a queue feed a function, which says what of a batch it could not take. The queue has a dead-letter queue. */
export const feedFromQueue = (fed: BundledFunction, queue: IQueue, batches: Batches): void => {
  fed.function.addEventSource(new SqsEventSource(queue, { ...batches, reportBatchItemFailures: true }));
  Validations.of(fed).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'What it could not take goes to the dead-letter queue of the queue that feeds it.',
    },
    {
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'Lambda has no failure destination for SQS; the queue has a dead-letter queue.',
    },
  );
};
