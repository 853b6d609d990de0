import { createHash } from 'node:crypto';
import { CustomResource, Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnProvisioningTemplate } from 'aws-cdk-lib/aws-iot';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { VERSION_ROOM_TYPE } from '../domain/stack-upkeep.ts';
import { BundledFunction } from './bundled-function.ts';
import { retentionOf } from './log-retention.ts';
import { iotArn } from './policy-scope.ts';

/** What CloudFormation leaves undone in the life of stacks that devices depend on. */
export class StackUpkeep extends Construct {
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, { prefix, retention }: Pick<Configuration, 'prefix' | 'retention'>) {
    super(scope, id);
    this.#function = new BundledFunction(this, 'Function', {
      name: 'stack-upkeep',
      description: 'Muster: makes room for new versions of policies and templates, for CloudFormation.',
      environment: {},
      memorySizeMiB: 256,
      // A few calls for each policy and template of a deployment that has hundreds.
      timeout: Duration.minutes(15),
      logGroup: new LogGroup(this, 'Log', { retention: retentionOf(retention.logDays), removalPolicy: RemovalPolicy.DESTROY }),
      reservedConcurrency: undefined,
    });
    for (const statement of onVersions(prefix)) this.#function.allow(statement);
    acknowledge(this, prefix);
  }

  /** Has room made for new versions of the policies and provisioning templates of a stack. Call it when all of them are there. */
  makeRoomIn(stack: Stack): void {
    const policies = stack.node.findAll().filter((found) => found instanceof CfnPolicy);
    const templates = stack.node.findAll().filter((found) => found instanceof CfnProvisioningTemplate);
    if (policies.length + templates.length === 0) return;
    const room = this.#resource(stack, 'VersionRoom', VERSION_ROOM_TYPE, {
      Policies: Object.fromEntries(policies.map(({ policyName = '', policyDocument }) => [policyName, digestOf(stack, policyDocument)])),
      Templates: Object.fromEntries(templates.map(({ templateName = '', templateBody }) => [templateName, digestOf(stack, templateBody)])),
    });
    for (const resource of [...policies, ...templates]) resource.node.addDependency(room);
  }

  #resource(stack: Stack, id: string, resourceType: string, properties: Readonly<Record<string, unknown>>): CustomResource {
    return new CustomResource(stack, id, {
      ...{ resourceType, properties },
      serviceToken: this.#function.functionArn,
      serviceTimeout: Duration.minutes(15),
    });
  }
}

const digestOf = (stack: Stack, document: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(stack.resolve(document)))
    .digest('hex')
    .slice(0, 16);

const onVersions = (prefix: string): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['iot:DeletePolicyVersion', 'iot:ListPolicyVersions'],
    resources: [iotArn('policy', `${prefix}-*`)],
  }),
  new PolicyStatement({
    actions: ['iot:DeleteProvisioningTemplateVersion', 'iot:ListProvisioningTemplateVersions'],
    resources: [iotArn('provisioningtemplate', `${prefix}-*`)],
  }),
];

const acknowledge = (scope: Construct, prefix: string): void => {
  Validations.of(scope).acknowledge(
    ...['policy', 'provisioningtemplate'].map((kind) => ({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:${kind}/${prefix}-*]`,
      reason: 'Those of this deployment, which its prefix names; listed one by one they would outgrow an inline policy.',
    })),
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'CloudFormation waits for the answer and fails the deployment without one; a dead letter would tell nobody more.',
    },
  );
};
