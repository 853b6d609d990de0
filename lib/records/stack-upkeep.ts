import { createHash } from 'node:crypto';
import { CfnElement, CustomResource, Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnPolicy, CfnProvisioningTemplate, CfnThingGroup, CfnThingType } from 'aws-cdk-lib/aws-iot';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { BUCKETS_TYPE, LINES_TYPE, VERSION_ROOM_TYPE } from '../../domain/stack-upkeep.ts';
import type { StackUpkeepEnvironment } from '../../lambdas/stack-upkeep/environment.ts';
import { allow } from '../allow.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { Lifetime } from '../lifetime.ts';
import { retentionOf } from '../log-retention.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

export interface StackUpkeepProps {
  readonly configuration: Configuration;
  readonly table: Table;
  readonly lifetime: Lifetime;
}

/** What CloudFormation leaves undone in the life of a stack that devices depend on. */
export class StackUpkeep extends Construct {
  readonly #props: StackUpkeepProps;
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, props: StackUpkeepProps) {
    super(scope, id);
    const { configuration, table, lifetime } = props;
    const environment: StackUpkeepEnvironment = { TABLE_NAME: table.tableName, PREFIX: configuration.prefix };
    this.#props = props;
    this.#function = new BundledFunction(this, 'Function', {
      name: 'stack-upkeep',
      description: 'Muster: makes room for new versions, and keeps lines that have devices, for CloudFormation.',
      environment,
      memorySizeMiB: 256,
      // It reads the whole table where a line is taken out.
      timeout: Duration.minutes(15),
      logGroup: new LogGroup(this, 'Log', {
        retention: retentionOf(configuration.retention.logDays),
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      reservedConcurrency: undefined,
    });
    const reads = tableAccess(table, ['dynamodb:Query', 'dynamodb:Scan']);
    const statements = [...reads, ...onVersions(configuration.prefix), ...(lifetime.isEphemeral ? onThings(configuration.prefix) : [])];
    for (const statement of statements) this.#function.allow(statement);
    acknowledge(this, props);
  }

  /** Has room made for new versions of the policies and provisioning templates of a stack. Call it when all of them are there. */
  makeRoomIn(stack: Stack): void {
    const policies = stack.node.findAll().filter((found) => found instanceof CfnPolicy);
    const templates = stack.node.findAll().filter((found) => found instanceof CfnProvisioningTemplate);
    if (policies.length + templates.length === 0) return;
    const room = this.#ask(stack, VERSION_ROOM_TYPE, {
      Policies: Object.fromEntries(policies.map(({ policyName = '', policyDocument }) => [policyName, digestOf(stack, policyDocument)])),
      Templates: Object.fromEntries(templates.map(({ templateName = '', templateBody }) => [templateName, digestOf(stack, templateBody)])),
    });
    for (const resource of [...policies, ...templates]) resource.node.addDependency(room);
  }

  /** Keeps the lines of a stack, and tenants, as long as devices are in them. Call it when all that belongs to them is there. */
  keepLinesOf(stack: Stack): void {
    const { configuration, lifetime } = this.#props;
    const held = stack.node
      .findAll()
      .filter((found) => found instanceof CfnPolicy || found instanceof CfnThingType || found instanceof CfnThingGroup);
    const lines = this.#ask(stack, LINES_TYPE, {
      Lines: configuration.lines.map(({ name }) => name),
      Closed: configuration.lines.filter(({ closed }) => closed).map(({ name }) => name),
      Tenants: configuration.tenants.map(({ name }) => name),
      GoWithStack: lifetime.isEphemeral,
    });
    // So that, when the stack goes, what devices hold is taken from them before it is deleted.
    lines.node.addDependency(...held);
  }

  /** Has buckets emptied before they are deleted, where records go with their stack; elsewhere they stay. */
  emptyWithStack(stack: Stack, buckets: readonly Bucket[]): void {
    if (!this.#props.lifetime.isEphemeral) return;
    this.#function.allow(
      allow(
        ['s3:ListBucketVersions'],
        buckets.map(({ bucketArn }) => bucketArn),
      ),
    );
    this.#function.allow(
      allow(
        ['s3:BypassGovernanceRetention', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        buckets.map((bucket) => bucket.arnForObjects('*')),
      ),
    );
    this.#ask(stack, BUCKETS_TYPE, { Buckets: buckets.map(({ bucketName }) => bucketName) }).node.addDependency(...buckets);
    const reason = 'What lies in a bucket that goes with its stack; names are not known before.';
    const ids = buckets.map((bucket) => `AwsSolutions-IAM5[Resource::<${stack.getLogicalId(cfnOf(bucket))}.Arn>/*]`);
    Validations.of(this).acknowledge(...ids.map((id) => ({ id, reason })));
  }

  #ask(stack: Stack, resourceType: string, properties: Readonly<Record<string, unknown>>): CustomResource {
    return new CustomResource(stack, resourceType.replace('Custom::Muster', ''), {
      ...{ resourceType, properties },
      serviceToken: this.#function.functionArn,
      serviceTimeout: Duration.minutes(15),
    });
  }
}

const cfnOf = (bucket: Bucket): CfnElement => {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnElement)) throw new Error(`${bucket.node.path} is no bucket of its own.`);
  return defaultChild;
};

const digestOf = (stack: Stack, document: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(stack.resolve(document)))
    .digest('hex')
    .slice(0, 16);

const onVersions = (prefix: string): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['iot:DeletePolicyVersion', 'iot:ListPolicyVersions', 'iot:ListTargetsForPolicy'],
    resources: [iotArn('policy', `${prefix}-*`)],
  }),
  new PolicyStatement({
    actions: ['iot:DeleteProvisioningTemplateVersion', 'iot:ListProvisioningTemplateVersions'],
    resources: [iotArn('provisioningtemplate', `${prefix}-*`)],
  }),
  new PolicyStatement({ actions: ['iot:DetachPolicy'], resources: [iotArn('cert', '*')] }),
];

// Only where records and devices go with their stack.
const onThings = (prefix: string): readonly PolicyStatement[] => [
  new PolicyStatement({ actions: ['iot:ListThings'], resources: ['*'] }),
  new PolicyStatement({ actions: ['iot:UpdateThing'], resources: [iotArn('thing', `${prefix}:*`)] }),
];

const acknowledge = (scope: Construct, { configuration: { prefix }, lifetime }: StackUpkeepProps): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    ...['policy', 'provisioningtemplate'].map((kind) => ({
      id: `AwsSolutions-IAM5[Resource::${iot}:${kind}/${prefix}-*]`,
      reason: 'Those of this deployment, which its prefix names; listed one by one they would outgrow an inline policy.',
    })),
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'CloudFormation waits for the answer and fails the deployment without one; a dead letter would tell nobody more.',
    },
  );
  if (!lifetime.isEphemeral) return;
  Validations.of(scope).acknowledge(
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ListThings, a read for which AWS IoT defines no resource.' },
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:thing/${prefix}:*]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    },
  );
};
