import { CustomResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnPolicy, CfnThingGroup } from 'aws-cdk-lib/aws-iot';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { BundledFunction } from '../bundled-function.ts';
import { retentionOf } from '../log-retention.ts';
import { iotArn } from '../policy-scope.ts';

/** The type under which an attachment stands in a template. */
export const GROUP_POLICY_TYPE = 'Custom::MusterGroupPolicy';

/**
 * Attaches policies to thing groups, and detaches them when they go. CloudFormation has no resource for that:
 * `AWS::IoT::PolicyPrincipalAttachment` refuses the ARN of a group (aws/aws-cdk#26166).
 */
export class GroupPolicies extends Construct {
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.#function = new BundledFunction(this, 'Function', {
      name: 'group-policies',
      description: 'Muster: attaches policies to thing groups for CloudFormation.',
      environment: {},
      memorySizeMiB: 256,
      timeout: Duration.seconds(30),
      logGroup: new LogGroup(this, 'Log', {
        retention: retentionOf(configuration.retention.logDays),
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      reservedConcurrency: configuration.reservedConcurrency.groupPolicies,
    });
    const groups = iotArn('thinggroup', `${configuration.prefix}-*`);
    this.#function.allow(new PolicyStatement({ actions: ['iot:AttachPolicy', 'iot:DetachPolicy'], resources: [groups] }));
    this.#acknowledge(configuration.prefix);
  }

  attach(id: string, { policy, group }: { readonly policy: CfnPolicy; readonly group: CfnThingGroup }): void {
    new CustomResource(this, id, {
      resourceType: GROUP_POLICY_TYPE,
      serviceToken: this.#function.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: { PolicyName: policy.ref, ThingGroupArn: group.attrArn },
    });
  }

  #acknowledge(prefix: string): void {
    Validations.of(this).acknowledge(
      {
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:thinggroup/${prefix}-*]`,
        reason: 'The groups of this deployment, which its prefix names; listed one by one they would outgrow an inline policy.',
      },
      {
        id: 'Serverless-LambdaDLQ',
        reason: 'CloudFormation waits for the answer and fails the deployment without one; a dead letter would tell nobody more.',
      },
    );
  }
}
