import type { OperationTable } from '../gateway/operation.ts';
import { createQueue } from './operations/create-queue.ts';
import { getQueueAttributes, setQueueAttributes } from './operations/queue-attributes.ts';
import { listQueueTags, tagQueue, untagQueue } from './operations/queue-tags.ts';
import { deleteQueue, getQueueUrl, listDeadLetterSourceQueues, listQueues, purgeQueue } from './operations/queues.ts';
import { receiveMessage } from './operations/receive-message.ts';
import { sendMessage, sendMessageBatch } from './operations/send-message.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch, deleteMessage, deleteMessageBatch } from './operations/settle-message.ts';
import type { QueueRegistry } from './queue-registry.ts';

/** Every SQS operation that the local AWS has. */
export const sqsOperations = (queues: QueueRegistry): OperationTable => ({
  ChangeMessageVisibility: changeMessageVisibility(queues),
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(queues),
  CreateQueue: createQueue(queues),
  DeleteMessage: deleteMessage(queues),
  DeleteMessageBatch: deleteMessageBatch(queues),
  DeleteQueue: deleteQueue(queues),
  GetQueueAttributes: getQueueAttributes(queues),
  GetQueueUrl: getQueueUrl(queues),
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues(queues),
  ListQueueTags: listQueueTags(queues),
  ListQueues: listQueues(queues),
  PurgeQueue: purgeQueue(queues),
  ReceiveMessage: receiveMessage(queues),
  SendMessage: sendMessage(queues),
  SendMessageBatch: sendMessageBatch(queues),
  SetQueueAttributes: setQueueAttributes(queues),
  TagQueue: tagQueue(queues),
  UntagQueue: untagQueue(queues),
});
