import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import { snsAuthorization } from './authorization.ts';
import { publishMessage } from './publish-message.ts';
import { subscriptionResource } from './resources/subscription-resource.ts';
import { topicPolicyResource } from './resources/topic-policy-resource.ts';
import { topicResource } from './resources/topic-resource.ts';
import type { SnsDependencies, SnsPorts } from './sns-dependencies.ts';
import { snsOperations } from './sns-operations.ts';
import { requireTopicPolicy } from './topic-policy.ts';
import type { Delivery, PublishedMessage } from './topic.ts';
import { TopicStore } from './topic-store.ts';

/** A message that an AWS service publishes under its own name, such as an alarm. */
export interface ServicePublication {
  readonly topicArn: string;
  /** e.g. `cloudwatch.amazonaws.com`. */
  readonly principal: string;
  readonly sourceArn: string;
  readonly subject?: string;
  readonly message: string;
}

export interface SnsService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Publishes for a service if the topic's policy lets it. Throws `AwsError`. */
  publishFromService(publication: ServicePublication): void;
  /** Publishes for someone whose own role allows it, such as a topic rule. */
  readonly publisher: { publish(notification: { readonly targetArn: string; readonly message: string }): Promise<void> };
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
}

const publishFromService = (dependencies: SnsDependencies, publication: ServicePublication): void => {
  const topic = dependencies.topics.get(publication.topicArn);
  const policy = topic.attributes.get('Policy');
  const { decision } = evaluate(policy === undefined ? [] : [requireTopicPolicy(policy)], {
    principal: { service: publication.principal },
    action: 'sns:Publish',
    resource: topic.arn,
    variables: contextOf({
      'aws:SourceArn': publication.sourceArn,
      'aws:SourceAccount': dependencies.account.accountId,
      'aws:SecureTransport': 'true',
    }),
  });
  if (decision !== 'allowed')
    throw new AwsError('AuthorizationError', `The policy of ${topic.arn} does not allow sns:Publish to ${publication.principal}.`, {
      status: 403,
    });
  publishMessage(dependencies, topic, { body: publication.message, subject: publication.subject });
};

/** Amazon SNS: standard topics with queues, functions and (never confirmed) mail addresses as subscribers. */
export const createSnsService = ({ account, clock, ports, access }: SnsOptions): SnsService => {
  const dependencies = { account, clock, ports, topics: new TopicStore(account) };
  const authorization = snsAuthorization(account, dependencies.topics);
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
      publishFromService(dependencies, publication);
    },
    topics: () =>
      dependencies.topics.list().map(({ arn, subscriptions }) => ({
        arn,
        subscriptions: [...subscriptions.values()].map(({ protocol, endpoint }) => ({ protocol, endpoint })),
      })),
    published: (topicArn) => dependencies.topics.get(topicArn),
  };
};
