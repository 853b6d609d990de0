import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService, Caller } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations, permits } from '../iam/access/guard-operations.ts';
import { sqsAuthorization } from './authorization.ts';
import type { MessageSender } from './message-sender.ts';
import type { QueueReader } from './queue-reader.ts';
import { QueueMetrics } from './queue-metrics.ts';
import { QueueRegistry } from './queue-registry.ts';
import { queuePolicyResource } from './resources/queue-policy-resource.ts';
import { queueResource } from './resources/queue-resource.ts';
import type { ServiceMessage } from './service-delivery.ts';
import { deliverFromService } from './service-delivery.ts';
import { sqsOperations } from './sqs-operations.ts';

export interface SqsService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Sends for someone whose own role allows it, such as a topic rule. */
  readonly sender: MessageSender;
  readonly reader: QueueReader;
  /** Whether IAM and the queue's policy let somebody call an operation on a queue. */
  permits(caller: Caller, operation: 'SendMessage' | 'ReceiveMessage' | 'DeleteMessage' | 'GetQueueAttributes', queueArn: string): boolean;
  /** Sends what somebody may, whose permission was asked before; nothing to a queue that is gone. */
  append(queueArn: string, body: string, sender: Caller): void;
  /** Sends in the name of a service, if the queue's policy allows. Throws `AwsError`. */
  deliver(message: ServiceMessage): void;
  /** Tells of queues from now on. */
  measureWith(store: MetricStore): void;
}

export interface SqsOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** The base of queue URLs, e.g. `http://127.0.0.1:4566`; asked when one is made. */
  readonly endpoint: () => string;
  readonly access?: AccessControl | undefined;
  /** Where resources are made instead, when the service was handed to another endpoint. */
  readonly foreign?: CallOperation | undefined;
}

/** What the older query protocol calls these errors; the SDK reads it (`@aws.protocols#awsQueryCompatible`). */
const queryErrorCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
};

const readerOf = (queues: QueueRegistry): QueueReader => ({
  visibilityTimeout: (queueArn) => queues.byArn(queueArn)?.settings.number('VisibilityTimeout'),
  take: (queueArn, maxCount) => queues.byArn(queueArn)?.take(maxCount) ?? [],
  delete: (queueArn, receiptHandles) => {
    for (const receiptHandle of receiptHandles) queues.byArn(queueArn)?.delete(receiptHandle);
  },
  onAvailable: (queueArn, listener) => queues.byArn(queueArn)?.onAvailable(listener) ?? (() => undefined),
});

/** Amazon SQS: standard queues with visibility time-outs, redrive, retention and policies. */
export const createSqsService = ({ account, clock, endpoint, access, foreign }: SqsOptions): SqsService => {
  const metrics = new QueueMetrics(clock);
  const queues = new QueueRegistry(account, clock, { endpoint, metrics });
  const guard = { access, authorization: sqsAuthorization(account, queues) };
  const operations = guardOperations(sqsOperations(queues), guard);
  const permitted = {
    SendMessage: permits('SendMessage', guard),
    ReceiveMessage: permits('ReceiveMessage', guard),
    DeleteMessage: permits('DeleteMessage', guard),
    GetQueueAttributes: permits('GetQueueAttributes', guard),
  };
  const call = foreign ?? operationCaller(account, operations);
  return {
    api: awsJsonService({
      signingNames: ['sqs'],
      targetPrefix: 'AmazonSQS',
      version: '1.0',
      operations,
      errorHeaders: (error) => ({
        'x-amzn-query-error': `${queryErrorCodes[error.code] ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`,
      }),
    }),
    resources: [queueResource(call), queuePolicyResource(call)],
    sender: {
      send: async ({ queueUrl, body }) => {
        await call('SendMessage', { QueueUrl: queueUrl, MessageBody: body });
      },
    },
    reader: readerOf(queues),
    permits: (caller, operation, queueArn) => permitted[operation]({ QueueName: queueArn.split(':').at(-1) }, caller),
    append: (queueArn, body, { arn }) => {
      queues.byArn(queueArn)?.send({ body, senderId: arn });
    },
    deliver: (message) => {
      deliverFromService(queues, message);
    },
    measureWith: (store) => {
      metrics.measureWith(store);
    },
  };
};
