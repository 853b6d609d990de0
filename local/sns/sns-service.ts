import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { UnsignedRoute } from '../gateway/account-entrance.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { snsAuthorization } from './authorization.ts';
import { confirmationPrefix, confirmationRoute } from './confirmation.ts';
import { Outbox } from './outbox.ts';
import { publishMessage } from './publish-message.ts';
import { subscriptionResource } from './resources/subscription-resource.ts';
import { topicPolicyResource } from './resources/topic-policy-resource.ts';
import { topicResource } from './resources/topic-resource.ts';
import type { SnsDependencies, SnsPorts } from './sns-dependencies.ts';
import { snsOperations } from './sns-operations.ts';
import type { TopicEncryption } from './topic-encryption.ts';
import { topicEncryption } from './topic-encryption.ts';
import { requireTopicPolicy } from './topic-policy.ts';
import type { Delivery, PublishedMessage, Topic } from './topic.ts';
import { TopicStore } from './topic-store.ts';

/** A message that an AWS service publishes under its own name, such as an alarm. */
export interface ServicePublication {
  readonly topicArn: string;
  /** e.g. `cloudwatch.amazonaws.com`. */
  readonly principal: string;
  readonly sourceArn: string;
  readonly subject?: string;
  readonly message: string;
  /** What mail says in the message's place. */
  readonly mail?: string;
}

export interface SnsService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Publishes for a service if the topic's policy lets it. Throws `AwsError`. */
  publishFromService(publication: ServicePublication): void;
  /** Publishes for someone whose own role allows it, such as a topic rule. */
  readonly publisher: { publish(notification: { readonly targetArn: string; readonly message: string }): Promise<void> };
  /** Mails that would have been sent. */
  readonly outbox: Outbox;
  /** Where the links in mails lead, on the gateway. */
  readonly confirmations: { readonly prefix: string; readonly route: UnsignedRoute };
  /** The topics, with who subscribes to them. */
  topics(): readonly {
    readonly arn: string;
    readonly subscriptions: readonly { readonly protocol: string; readonly endpoint: string }[];
  }[];
  /** What was published to a topic, and what came of delivering it. */
  published(topicArn: string): { readonly messages: readonly PublishedMessage[]; readonly deliveries: readonly Delivery[] };
}

export interface SnsOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: SnsPorts;
  readonly access?: AccessControl | undefined;
  /** Without it no topic's key is asked. */
  readonly keyUse?: KeyUse | undefined;
  /** The gateway's address, to which links in mails lead. */
  readonly endpoint?: () => string;
}

/**
 * Whether the topic's policy lets a service in. The policy that every topic begins with lets the alarms of its account in,
 * as the User Guide's walk-throughs of CloudWatch show, and no other service.
 */
const isOpenTo = ({ account }: SnsDependencies, topic: Topic, { principal, sourceArn }: ServicePublication): boolean => {
  const policy = topic.attributes.get('Policy');
  if (policy === undefined) return principal === 'cloudwatch.amazonaws.com';
  const { decision } = evaluate([requireTopicPolicy(policy)], {
    principal: { service: principal },
    action: 'sns:Publish',
    resource: topic.arn,
    variables: contextOf({ 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account.accountId, 'aws:SecureTransport': 'true' }),
  });
  return decision === 'allowed';
};

const publishFromService = (dependencies: SnsDependencies, encryption: TopicEncryption, publication: ServicePublication): void => {
  const topic = dependencies.topics.get(publication.topicArn);
  if (!isOpenTo(dependencies, topic, publication)) {
    const message = `The policy of ${topic.arn} does not allow sns:Publish to ${publication.principal}.`;
    throw new AwsError('AuthorizationError', message, { status: 403 });
  }
  encryption.requireOpenTo(topic, publication.principal);
  publishMessage(dependencies, topic, { body: publication.message, subject: publication.subject, mail: publication.mail });
};

/** Amazon SNS: standard topics with queues, functions and mail addresses as subscribers; mail is kept, and never sent. */
export const createSnsService = ({ account, clock, ports, access, keyUse, endpoint = () => '' }: SnsOptions): SnsService => {
  const dependencies = { account, clock, ports, topics: new TopicStore(account), outbox: new Outbox(), endpoint };
  const encryption = topicEncryption(account, keyUse);
  const authorization = snsAuthorization(account, dependencies.topics, encryption);
  const operations = guardOperations(snsOperations(dependencies), { access, authorization });
  const call = operationCaller(account, operations);
  return {
    api: awsQueryService({ signingNames: ['sns'], xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/', operations }),
    resources: [topicResource(call), subscriptionResource(call), topicPolicyResource(call)],
    publisher: {
      publish: async ({ targetArn, message }) => {
        await call('Publish', { TopicArn: targetArn, Message: message });
      },
    },
    publishFromService: (publication) => {
      publishFromService(dependencies, encryption, publication);
    },
    outbox: dependencies.outbox,
    confirmations: { prefix: confirmationPrefix, route: confirmationRoute(dependencies) },
    topics: () =>
      dependencies.topics.list().map(({ arn, subscriptions }) => ({
        arn,
        subscriptions: [...subscriptions.values()].map(({ protocol, endpoint }) => ({ protocol, endpoint })),
      })),
    published: (topicArn) => dependencies.topics.get(topicArn),
  };
};
