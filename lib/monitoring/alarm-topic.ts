import { Aws, Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';

export interface AlarmTopicProps {
  /** An address that is told of everything. */
  readonly email: Configuration['alarms']['email'];
  readonly removalPolicy: RemovalPolicy;
}

const CLOUDWATCH = new ServicePrincipal('cloudwatch.amazonaws.com');

/**
 * Where every alarm goes. It is kept as records are, because whoever subscribed has said yes and would not be asked again. It has
 * a key of its own: CloudWatch must be let in without a condition that it is known to keep (SNS Developer Guide, "Key
 * management"), and nobody is let in like that to the key over the records.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email, removalPolicy }: AlarmTopicProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: 'Muster: alarms on their way.',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy,
    });
    key.addToResourcePolicy(
      new PolicyStatement({ sid: 'Alarms', principals: [CLOUDWATCH], actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
    this.topic = new Topic(this, 'Topic', { displayName: 'Muster alarms', masterKey: key, enforceSSL: true });
    this.topic.applyRemovalPolicy(removalPolicy);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [CLOUDWATCH],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (email !== undefined) this.#tell(email);
  }

  #tell(endpoint: string): void {
    const subscription = new CfnSubscription(this, 'Email', { topicArn: this.topic.topicArn, protocol: 'email', endpoint });
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS tries mail for hours; an alarm that a queue kept instead would be read by nobody.',
    });
  }
}
