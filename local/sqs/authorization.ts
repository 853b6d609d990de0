import type { Account } from '../account.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import { arnOf } from '../account.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { QueueRegistry } from './queue-registry.ts';

const nameIn = (input: Parameters<AccessMapping>[0]): string | undefined =>
  textIn(input, 'QueueUrl')?.split('/').at(-1) ?? textIn(input, 'QueueName');

/** What IAM must allow for SQS (SQS Developer Guide, "Amazon SQS API permissions": a batch needs what its single form needs). */
export const sqsAuthorization = (account: Account, queues: QueueRegistry): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  const batchOf =
    (action: string): AccessMapping =>
    (input) => [{ action, resource: arnOf(account, 'sqs', nameIn(input) ?? '') }];
  return serviceAuthorization({
    account,
    prefix: 'sqs',
    // SQS spells actions in small letters when it refuses.
    denial: { code: 'AccessDenied', status: 403, action: (action) => action.toLowerCase() },
    variables: { queuename: nameIn },
    operations: {
      SendMessageBatch: batchOf('sqs:SendMessage'),
      DeleteMessageBatch: batchOf('sqs:DeleteMessage'),
      ChangeMessageVisibilityBatch: batchOf('sqs:ChangeMessageVisibility'),
    },
    policiesOf: (arn) => {
      const text = queues.byArn(arn)?.settings.text('Policy');
      return text === undefined ? undefined : { documents: [read(text)] };
    },
    contextOf: (arn) => resourceTags(queues.byArn(arn)?.tags ?? []),
  });
};
