import { AwsError } from '../aws-error.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { MessageAttributes } from './message.ts';
import type { QueueRegistry } from './queue-registry.ts';

/** A message that an AWS service sends under its own name, as SNS does for a subscription. */
export interface ServiceMessage {
  readonly queueArn: string;
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** e.g. `sns.amazonaws.com`. */
  readonly principal: string;
  /** What causes the message, for `aws:SourceArn` conditions. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** Delivers if the queue's policy lets that service in; a queue without a policy lets nobody in but its own account. */
export const deliverFromService = (queues: QueueRegistry, message: ServiceMessage): void => {
  const queue = queues.byArn(message.queueArn);
  if (queue === undefined) throw new AwsError('QueueDoesNotExist', `There is no queue ${message.queueArn}.`);
  const policy = queue.settings.policy();
  const { decision } = evaluate(policy === undefined ? [] : [policy], {
    principal: { service: message.principal },
    action: 'sqs:SendMessage',
    resource: queue.arn,
    variables: contextOf({
      'aws:SourceArn': message.sourceArn,
      'aws:SourceAccount': message.sourceAccount,
      'aws:SecureTransport': 'true',
    }),
  });
  if (decision !== 'allowed')
    throw new AwsError('AccessDenied', `The policy of ${queue.arn} does not allow sqs:SendMessage to ${message.principal}.`, {
      status: 403,
    });
  queue.send({ body: message.body, senderId: message.principal, ...(message.attributes && { attributes: message.attributes }) });
};
