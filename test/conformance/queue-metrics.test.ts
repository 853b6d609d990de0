import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { documented } from './fact.ts';

const page = 'SQS developer guide, "Available CloudWatch metrics for Amazon SQS"';
const clock = new RunningClock();

let aws: LocalAws;
let sqs: SQSClient;
let cloudWatch: CloudWatchClient;
let QueueUrl: string | undefined;

beforeAll(async () => {
  aws = await startLocalAws({ clock });
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
  [sqs, cloudWatch] = [new SQSClient(config), new CloudWatchClient(config)];
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'letters' })));
});
afterAll(async () => {
  for (const client of [sqs, cloudWatch]) client.destroy();
  await aws.stop();
});

/** The value of the minute that a minute from now ends. */
const aMinuteLater = async (MetricName: string): Promise<number | undefined> => {
  clock.advance(60_000);
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: 'AWS/SQS', MetricName, Statistics: ['Maximum'], Period: 60, Dimensions: [{ Name: 'QueueName', Value: 'letters' }] },
      ...{ StartTime: new Date(clock.now() - 60_000), EndTime: new Date(clock.now() + 1_000) },
    }),
  );
  return Datapoints.at(-1)?.Maximum;
};

describe('A queue', () => {
  documented(page, 'has its messages counted every minute: those to take, and those in flight', async () => {
    expect(await aMinuteLater('ApproximateNumberOfMessagesVisible')).toBeUndefined();
    for (const MessageBody of ['one', 'two']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    expect(await aMinuteLater('ApproximateNumberOfMessagesVisible')).toBe(2);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
    expect(await aMinuteLater('ApproximateNumberOfMessagesVisible')).toBe(1);
    expect(await aMinuteLater('ApproximateNumberOfMessagesNotVisible')).toBe(1);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(await aMinuteLater('ApproximateNumberOfMessagesNotVisible')).toBe(0);
  });
});
