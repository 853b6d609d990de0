import { Aws, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import type { Foundation } from '../approach-deployment.ts';
import { iotArn } from '../policy-scope.ts';

/** Where the SQL finds the thing's name: level 3 of `<prefix>/things/<thing>/time/ask`. */
const THING_LEVEL = 3;

/**
 * Tells a device what time it is, on a topic of its own: `{"now": <milliseconds since the epoch>}`, whatever it sent to ask. One
 * for a deployment, however many approaches know devices without a clock.
 */
export class TimeTopic extends Construct {
  constructor(scope: Construct, id: string, { configuration, topics }: Pick<Foundation, 'configuration' | 'topics'>) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Muster: where the rule that tells the time may publish.',
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['iot:Publish'], resources: [iotArn('topic', topics.time(`${configuration.prefix}:*`).tell)] }),
    );
    const rule = new CfnTopicRule(this, 'Rule', {
      // A rule's name knows no dash.
      ruleName: `${configuration.prefix.replaceAll('-', '_')}_time`,
      topicRulePayload: {
        sql: `SELECT timestamp() AS now FROM '${topics.time('+').ask}'`,
        awsIotSqlVersion: '2016-03-23',
        description: 'Muster: tells devices what time it is.',
        ruleDisabled: false,
        actions: [{ republish: { roleArn: role.roleArn, topic: topics.time(`\${topic(${THING_LEVEL})}`).tell, qos: 1 } }],
      },
    });
    rule.node.addDependency(role);
    const told = topics.time(`${configuration.prefix}:*`).tell;
    Validations.of(this).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:topic/${told}]`,
      reason: 'It tells whichever device asks, on the topic of that device; names are not known before devices come.',
    });
  }
}
