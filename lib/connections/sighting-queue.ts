import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

interface SightingRule {
  /** Letters, digits and underscores. */
  readonly ruleName: string;
  readonly description: string;
  /** Which connections. */
  readonly sql: string;
}

export interface SightingQueueProps extends SightingRule {
  readonly consumerTimeoutSeconds: number;
  /** What one rule alone cannot say. */
  readonly further?: readonly SightingRule[];
}

interface Targets {
  readonly role: Role;
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** Connections as AWS IoT reports them (DG:life-cycle-events): rules that feed a queue. */
export class SightingQueue extends Construct {
  readonly queue: IQueue;
  /** What nobody could read or take. */
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, props: SightingQueueProps) {
    super(scope, id);
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the consumer's time-out, plus its window (Lambda Developer Guide, "Configuring a queue").
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds + 60),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    this.queue = queue;
    this.deadLetters = deadLetters;
    const role = this.#roleFor(queue, deadLetters);
    for (const [index, rule] of [props, ...(props.further ?? [])].entries()) {
      this.#addRule(index === 0 ? 'Rule' : `Rule${index + 1}`, rule, { role, queue, deadLetters });
    }
    Validations.of(deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is the dead-letter queue; letters end here.',
    });
  }

  #roleFor(...queues: readonly Queue[]): Role {
    const role = new Role(this, 'RuleRole', {
      assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Muster: what the presence rule may send to.',
    });
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues.map(({ queueArn }) => queueArn) }));
    return role;
  }

  #addRule(id: string, { ruleName, description, sql }: SightingRule, { role, queue, deadLetters }: Targets): void {
    const send = (to: Queue) => ({ sqs: { queueUrl: to.queueUrl, roleArn: role.roleArn, useBase64: false } });
    const rule = new CfnTopicRule(this, id, {
      ruleName,
      topicRulePayload: {
        sql,
        awsIotSqlVersion: '2016-03-23',
        description,
        ruleDisabled: false,
        actions: [send(queue)],
        // What the queue did not take is kept beside what the function could not read.
        errorAction: send(deadLetters),
      },
    });
    rule.node.addDependency(role);
  }
}
