import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from '../allow.ts';

export interface DefenderTopicProps {
  /** Its key is used here, too: both carry word of what AWS has noticed. */
  readonly alarmTopic: ITopic;
  readonly consumerTimeoutSeconds: number;
}

/** Where Device Defender tells what it did, and the queue in which that waits for the function: a topic by itself would forget. */
export class DefenderTopic extends Construct {
  readonly topicArn: string;
  readonly queue: Queue;
  /** What Device Defender tells with. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { alarmTopic, consumerTimeoutSeconds }: DefenderTopicProps) {
    super(scope, id);
    const key = alarmTopic.masterKey;
    const topic = new Topic(this, 'Topic', {
      displayName: 'Muster audits',
      enforceSSL: true,
      ...(key === undefined ? {} : { masterKey: key }),
    });
    const role = new Role(this, 'TellingRole', {
      assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Muster: where AWS IoT Device Defender tells what it found.',
    });
    role.addToPolicy(allow(['sns:Publish'], [topic.topicArn]));
    if (key !== undefined) role.addToPolicy(allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]));
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the consumer's time-out, plus its window (Lambda Developer Guide, "Configuring a queue").
      visibilityTimeout: Duration.seconds(6 * consumerTimeoutSeconds + 60),
      deadLetterQueue: { queue: deadLetters(this), maxReceiveCount: 5 },
    });
    this.queue.addToResourcePolicy(letting(topic, this.queue));
    const subscription = new CfnSubscription(this, 'Subscription', {
      ...{ topicArn: topic.topicArn, protocol: 'sqs', endpoint: this.queue.queueArn, rawMessageDelivery: true },
    });
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS tries a queue for 23 days; whoever cannot write to this one could not write to another of the account either.',
    });
    this.topicArn = topic.topicArn;
    this.roleArn = role.roleArn;
  }
}

const deadLetters = (scope: Construct): Queue => {
  const letters = new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(letters).acknowledge({ id: 'Serverless-SQSRedrivePolicy', reason: 'It is the dead-letter queue; letters end here.' });
  return letters;
};

const letting = (topic: Topic, queue: Queue): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('sns.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
  });
