import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createSqsService } from '../../../local/sqs/sqs-service.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
let endpoint: ServiceEndpoint;
const service = createSqsService({ account: testAccount, clock, endpoint: () => endpoint.config.endpoint });
let sqs: SQSClient;

beforeAll(async () => {
  endpoint = await serve(service.api);
  sqs = new SQSClient(endpoint.config);
});

afterAll(async () => {
  sqs.destroy();
  await endpoint.stop();
});

let count = 0;
const newQueue = async (Attributes: Record<string, string> = {}): Promise<string> => {
  count += 1;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${count}`, Attributes }));
  return QueueUrl ?? '';
};

const arnOf = async (QueueUrl: string): Promise<string> => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
};

const send = (QueueUrl: string, MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));

const receive = async (QueueUrl: string): Promise<readonly Message[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return (await sqs.send(command)).Messages ?? [];
};

const bodies = async (QueueUrl: string): Promise<readonly (string | undefined)[]> =>
  (await receive(QueueUrl)).map((message) => message.Body);

describe('a message', () => {
  test('arrives with its attributes and digests that the SDK accepts', async () => {
    const queue = await newQueue();
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'presence' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
    };
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'häkchen ✓', MessageAttributes }));
    const [message] = await receive(queue);
    expect(message?.Body).toBe('häkchen ✓');
    expect(message?.MessageAttributes?.['kind']?.StringValue).toBe('presence');
    expect(Buffer.from(message?.MessageAttributes?.['raw']?.BinaryValue ?? [])).toEqual(Buffer.from([1, 2, 3]));
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(testStartMs) });
  });

  test('is hidden once received, and comes back when its visibility time-out ends', async () => {
    const queue = await newQueue({ VisibilityTimeout: '10' });
    await send(queue, 'a');
    expect(await bodies(queue)).toEqual(['a']);
    expect(await bodies(queue)).toEqual([]);
    clock.advance(9_999);
    expect(await bodies(queue)).toEqual([]);
    clock.advance(1);
    expect(await bodies(queue)).toEqual(['a']);
  });

  test('is gone once deleted, and a receipt that was superseded deletes nothing', async () => {
    const queue = await newQueue({ VisibilityTimeout: '10' });
    await send(queue, 'a');
    const [first] = await receive(queue);
    clock.advance(10_000);
    const [second] = await receive(queue);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: first?.ReceiptHandle }));
    clock.advance(10_000);
    const [third] = await receive(queue);
    expect([second?.Attributes?.ApproximateReceiveCount, third?.Attributes?.ApproximateReceiveCount]).toEqual(['2', '3']);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: third?.ReceiptHandle }));
    clock.advance(10_000);
    expect(await bodies(queue)).toEqual([]);
  });

  test('is available at once when its visibility time-out is set to nothing', async () => {
    const queue = await newQueue();
    await send(queue, 'a');
    const [message] = await receive(queue);
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 }));
    expect(await bodies(queue)).toEqual(['a']);
  });

  test('ages out after the retention period', async () => {
    const queue = await newQueue({ MessageRetentionPeriod: '60' });
    await send(queue, 'a');
    clock.advance(60_000);
    expect(await bodies(queue)).toEqual([]);
  });

  test('goes to the dead-letter queue when it was received too often', async () => {
    const letters = await newQueue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await arnOf(letters), maxReceiveCount: 2 });
    const queue = await newQueue({ VisibilityTimeout: '1', RedrivePolicy });
    await send(queue, 'poison');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await bodies(queue)).toEqual(['poison']);
      clock.advance(1_000);
    }
    expect(await bodies(queue)).toEqual([]);
    expect(await bodies(letters)).toEqual(['poison']);
  });

  test('wakes up a receiver that waits for it', async () => {
    const queue = await newQueue();
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 20 }));
    await send(queue, 'a');
    expect((await waiting).Messages?.map((message) => message.Body)).toEqual(['a']);
  });

  test('reaches a waiting receiver when its visibility time-out ends', async () => {
    const queue = await newQueue({ VisibilityTimeout: '5' });
    await send(queue, 'a');
    await receive(queue);
    const taken: string[] = [];
    const stop = service.reader.onAvailable(await arnOf(queue), () => taken.push('available'));
    clock.advance(5_000);
    stop();
    expect(taken).toEqual(['available']);
  });
});

describe('refusals', () => {
  test('an unknown queue', async () => {
    const QueueUrl = `${endpoint.config.endpoint}/123456789012/nobody`;
    await expect(send(QueueUrl, 'a')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  test.each([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    [{ Policy: '{' }, 'InvalidAttributeValue'],
    [{ Policy: '{"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}' }, 'InvalidAttributeValue'],
    [{ RedrivePolicy: '{"deadLetterTargetArn":"x"}' }, 'InvalidAttributeValue'],
    [{ Colour: 'red' }, 'InvalidAttributeName'],
  ])('the attributes %j', async (Attributes, name) => {
    await expect(newQueue(Attributes)).rejects.toMatchObject({ name });
  });

  test('an empty, too long or unprintable message', async () => {
    const queue = await newQueue({ MaximumMessageSize: '1024' });
    await expect(send(queue, '')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send(queue, 'x'.repeat(1025))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send(queue, 'a\u0000b')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  });

  test('one bad entry of a batch, and only that one', async () => {
    const queue = await newQueue();
    const Entries = [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'bad', MessageBody: 'a\u0000b' },
    ];
    const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['bad', 'InvalidMessageContents']]);
  });

  test('a queue name that was deleted a moment ago', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'phoenix' }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: `${endpoint.config.endpoint}/123456789012/phoenix` }));
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'phoenix' }))).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    clock.advance(60_000);
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'phoenix' }))).resolves.toMatchObject({
      QueueUrl: `${endpoint.config.endpoint}/123456789012/phoenix`,
    });
  });
});

describe('services that send', () => {
  const message = {
    body: 'a',
    principal: 'sns.amazonaws.com',
    sourceArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
    sourceAccount: '123456789012',
  };

  test('are let in by the queue policy, for the source that it names', async () => {
    const queue = await newQueue();
    const queueArn = await arnOf(queue);
    const policies = providerOf(service.resources, 'AWS::SQS::QueuePolicy');
    const PolicyDocument = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
          Condition: { ArnEquals: { 'aws:SourceArn': message.sourceArn } },
        },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sqs:*',
          Resource: queueArn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    };
    const properties = { PolicyDocument, Queues: [queue] };
    const state = await policies.create(properties, resourceContext());
    service.deliver({ ...message, queueArn });
    expect(await bodies(queue)).toEqual(['a']);
    expect(() => {
      service.deliver({ ...message, queueArn, sourceArn: `${message.sourceArn}-other` });
    }).toThrow('does not allow');
    await policies.delete(state, properties, resourceContext());
    expect(() => {
      service.deliver({ ...message, queueArn });
    }).toThrow('does not allow');
  });

  test('topic rules send through a role', async () => {
    const queue = await newQueue();
    await service.sender.send({ queueUrl: queue, body: 'from a rule' });
    expect(await bodies(queue)).toEqual(['from a rule']);
  });
});

describe('CloudFormation', () => {
  test('makes, changes and deletes a queue', async () => {
    const queues = providerOf(service.resources, 'AWS::SQS::Queue');
    const first = { VisibilityTimeout: '60', KmsMasterKeyId: 'alias/aws/sqs', Tags: [{ Key: 'a', Value: '1' }] };
    const state = await queues.create(first, resourceContext('Queue'));
    const QueueUrl = state.physicalId;
    expect(state.attributes).toMatchObject({ Arn: await arnOf(QueueUrl) });
    expect(state.attributes['QueueName']).toMatch(/^test-stack-Queue-/);
    await queues.update(state, { from: first, to: { DelaySeconds: 5 } }, resourceContext());
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ VisibilityTimeout: '30', DelaySeconds: '5', SqsManagedSseEnabled: 'true' });
    await queues.delete(state, {}, resourceContext());
    await queues.delete(state, {}, resourceContext());
    await expect(send(QueueUrl, 'a')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
