import { systemClock } from '../../../local/clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { LambdaFixture } from './lambda-fixture.ts';
import { startLambda } from './lambda-fixture.ts';

let lambda: LambdaFixture;

beforeAll(async () => {
  lambda = await startLambda(systemClock);
});

afterAll(() => lambda.stop());

const newQueue = async (properties = {}) => {
  const state = await providerOf(lambda.sqs.resources, 'AWS::SQS::Queue').create(properties, resourceContext('Q'));
  return { url: state.physicalId, arn: String(state.attributes['Arn']) };
};

const map = (FunctionName: string, EventSourceArn: string, more = {}) =>
  providerOf(lambda.service.resources, 'AWS::Lambda::EventSourceMapping').create(
    { FunctionName, EventSourceArn, ...more },
    resourceContext(),
  );

const eventually = async (isSo: () => boolean): Promise<void> => {
  // Far longer than any visibility time-out below, so that only what never comes fails.
  const deadlineMs = performance.now() + 25_000;
  while (!isSo()) {
    if (performance.now() > deadlineMs) throw new Error('It did not come to be in 25 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const logged = (name: string): readonly string[] =>
  lambda.linesOf(name).flatMap((line) => (line.includes('\tINFO\t') ? [line.split('\t').at(-1) ?? ''] : []));

const isEmpty = (arn: string): boolean => lambda.sqs.reader.take(arn, 10).length === 0;

const listing = 'export const handler = async (event) => { console.log(event.Records.map((r) => r.body).join(",")) }';

describe('an event source mapping', () => {
  test('feeds the function with the messages of a queue, and deletes them', async () => {
    const { physicalId } = await lambda.deploy(`export const handler = async ({ Records: [r] }) => {
      console.log([r.body, r.eventSource, r.eventSourceARN.split(":").length, r.attributes.ApproximateReceiveCount].join(" ")) }`);
    const queue = await newQueue({ VisibilityTimeout: 3 });
    await map(physicalId, queue.arn);
    await lambda.sqs.sender.send({ queueUrl: queue.url, body: 'hello' });
    await eventually(() => logged(physicalId).length === 1);
    expect(logged(physicalId)).toEqual(['hello aws:sqs 6 1']);
    await eventually(() => isEmpty(queue.arn));
  });

  test('takes a batch when it is full, or when its window ends', async () => {
    const { physicalId } = await lambda.deploy(listing);
    const queue = await newQueue();
    await map(physicalId, queue.arn, { BatchSize: 20, MaximumBatchingWindowInSeconds: 1 });
    for (let i = 0; i < 25; i += 1) await lambda.sqs.sender.send({ queueUrl: queue.url, body: String(i) });
    await eventually(() => logged(physicalId).length === 2);
    expect(logged(physicalId).map((line) => line.split(',').length)).toEqual([20, 5]);
  });

  test('lets a failed batch return to the queue, and in the end go to the dead-letter queue', async () => {
    const { physicalId } = await lambda.deploy('export const handler = async () => { console.log("try"); throw new Error("no") }', {
      Timeout: 1,
    });
    const letters = await newQueue();
    const queue = await newQueue({ VisibilityTimeout: 1, RedrivePolicy: { deadLetterTargetArn: letters.arn, maxReceiveCount: 2 } });
    await map(physicalId, queue.arn);
    await lambda.sqs.sender.send({ queueUrl: queue.url, body: 'poison' });
    await eventually(() => lambda.sqs.reader.take(letters.arn, 1).length === 1);
    expect(logged(physicalId)).toEqual(['try', 'try']);
  });

  test('returns only the messages that the function names', async () => {
    const { physicalId } = await lambda.deploy(
      `export const handler = async (event) => {
        console.log(event.Records.map((r) => r.body).join(","));
        return { batchItemFailures: event.Records.filter((r) => r.body === "bad" && r.attributes.ApproximateReceiveCount === "1")
          .map((r) => ({ itemIdentifier: r.messageId })) } }`,
      { Timeout: 1 },
    );
    // Long enough for a busy machine: what was not deleted by then would come again.
    const queue = await newQueue({ VisibilityTimeout: 4 });
    await lambda.sqs.sender.send({ queueUrl: queue.url, body: 'good' });
    await lambda.sqs.sender.send({ queueUrl: queue.url, body: 'bad' });
    await map(physicalId, queue.arn, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await eventually(() => logged(physicalId).length === 2);
    expect(logged(physicalId)).toEqual(['good,bad', 'bad']);
  });

  test('stops when it is deleted', async () => {
    const { physicalId } = await lambda.deploy(listing);
    const queue = await newQueue();
    const state = await map(physicalId, queue.arn);
    await providerOf(lambda.service.resources, 'AWS::Lambda::EventSourceMapping').delete(state, {}, resourceContext());
    await lambda.sqs.sender.send({ queueUrl: queue.url, body: 'late' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lambda.sqs.reader.take(queue.arn, 1)).toHaveLength(1);
  });

  test.each([
    ['a visibility time-out under the function’s time-out', { VisibilityTimeout: 2 }, {}, 'is less than Function timeout'],
    ['a large batch without a window', {}, { BatchSize: 11 }, 'must be greater than 0'],
  ])('refuses %s', async (_, queueProperties, mapping, message) => {
    const { physicalId } = await lambda.deploy(listing);
    const queue = await newQueue(queueProperties);
    await expect(map(physicalId, queue.arn, mapping)).rejects.toThrow(message);
  });
});
