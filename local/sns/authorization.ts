import type { Account } from '../account.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { TopicEncryption } from './topic-encryption.ts';
import type { TopicStore } from './topic-store.ts';

const topicOfSubscription = (arn: string | undefined): string | undefined => arn?.split(':').slice(0, 6).join(':');

/** What IAM must allow for SNS. */
export const snsAuthorization = (account: Account, topics: TopicStore, encryption: TopicEncryption): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  return serviceAuthorization({
    account,
    prefix: 'sns',
    denial: { code: 'AuthorizationError', status: 403, action: (action) => action.replace('sns:', 'SNS:') },
    variables: {
      topicname: (input) =>
        textIn(input, 'TopicArn', 'TargetArn', 'ResourceArn', 'Name') ?? topicOfSubscription(textIn(input, 'SubscriptionArn')),
    },
    operations: {
      Publish: (input) => {
        const arn = textIn(input, 'TopicArn', 'TargetArn') ?? '*';
        return [{ action: 'sns:Publish', resource: arn }, ...encryption.neededBy(topics.find(arn))];
      },
    },
    // The policy that every topic begins with names whoever its owner's services are, and lets no role in:
    // `AWS:SourceOwner`, on which it depends, is not documented for callers of the API.
    policiesOf: (arn) => {
      const text = topics.find(arn)?.attributes.get('Policy');
      return text === undefined ? undefined : { documents: [read(text)] };
    },
    contextOf: (arn, input) => ({
      'sns:Protocol': textIn(input, 'Protocol'),
      'sns:Endpoint': textIn(input, 'Endpoint'),
      ...resourceTags(topics.find(arn)?.tags ?? []),
    }),
  });
};
