import { Aws, CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ACCOUNT_TRAIL_TYPE, IOT_LOGGING_TYPE } from '../../domain/audit/sources/account-settings.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { allow } from '../allow.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { Lifetime } from '../lifetime.ts';
import { retentionOf } from '../log-retention.ts';

export interface AccountSettingsProps {
  readonly configuration: Configuration;
  readonly lifetime: Lifetime;
}

/**
 * Takes over, where the configuration says so, what an account has once: AWS IoT's log, unless somebody else has it, and a trail of
 * CloudTrail, unless there is one. Both go back to what they were when this goes.
 */
export class AccountSettings extends Construct {
  /** There once AWS IoT logs; undefined where that is not ours to see to. */
  readonly logging: CustomResource | undefined;

  constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    const { accountWide } = props.configuration;
    const keeper = this.#keeper(props);
    this.logging = accountWide.iotLogging === 'manage' ? this.#log(keeper) : undefined;
    if (accountWide.trail === 'manage') this.#trail(keeper, props);
    acknowledge(this);
  }

  #keeper({ configuration, lifetime }: AccountSettingsProps): BundledFunction {
    return new BundledFunction(this, 'Function', {
      name: 'account-settings',
      description: 'Muster: takes over account-wide settings, and gives them back.',
      environment: {},
      memorySizeMiB: 256,
      timeout: Duration.seconds(60),
      logGroup: new LogGroup(this, 'Log', {
        retention: retentionOf(configuration.retention.logDays),
        removalPolicy: lifetime.removalPolicy,
      }),
      reservedConcurrency: undefined,
    });
  }

  #log(keeper: BundledFunction): CustomResource {
    const group = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${IOT_LOG_GROUP}`;
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Muster: what AWS IoT writes its log with.',
    });
    // DG:configure-logging.
    role.addToPolicy(allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [`${group}:*`]));
    // Neither has a resource that a policy could name (Service Authorization Reference, AWS IoT).
    keeper.allow(allow(['iot:GetV2LoggingOptions', 'iot:SetV2LoggingOptions'], ['*']));
    keeper.allow(allow(['logs:CreateLogGroup'], [`${group}:*`]));
    keeper.allow(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'iot.amazonaws.com' } },
      }),
    );
    const logging = this.#setting('Logging', { type: IOT_LOGGING_TYPE, keeper, properties: { RoleArn: role.roleArn } });
    logging.node.addDependency(role);
    return logging;
  }

  #trail(keeper: BundledFunction, { configuration: { prefix }, lifetime: { removalPolicy } }: AccountSettingsProps): void {
    const name = `${prefix}-account`;
    const arn = `arn:${Aws.PARTITION}:cloudtrail:${Aws.REGION}:${Aws.ACCOUNT_ID}:trail/${name}`;
    const bucket = new Bucket(this, 'TrailFiles', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy,
    });
    for (const statement of letCloudTrailIn(bucket, arn)) bucket.addToResourcePolicy(statement);
    keeper.allow(
      allow(['cloudtrail:CreateTrail', 'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StartLogging'], [arn]),
    );
    keeper.allow(allow(['cloudtrail:DescribeTrails', 'cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'], ['*']));
    const properties = { TrailName: name, BucketName: bucket.bucketName };
    const trail = this.#setting('Trail', { type: ACCOUNT_TRAIL_TYPE, keeper, properties });
    if (bucket.policy !== undefined) trail.node.addDependency(bucket.policy);
  }

  #setting(id: string, { type, keeper, properties }: { type: string; keeper: BundledFunction; properties: Record<string, string> }) {
    const setting = new CustomResource(this, id, {
      ...{ resourceType: type, serviceToken: keeper.functionArn, serviceTimeout: Duration.minutes(5), properties },
    });
    setting.node.addDependency(keeper);
    return setting;
  }
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
const letCloudTrailIn = (bucket: Bucket, trailArn: string): readonly PolicyStatement[] => {
  const principals = [new ServicePrincipal('cloudtrail.amazonaws.com')];
  const ofTrail = { 'aws:SourceArn': trailArn };
  return [
    new PolicyStatement({
      ...{ principals, actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], conditions: { StringEquals: ofTrail } },
    }),
    new PolicyStatement({
      ...{ principals, actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)] },
      conditions: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  ];
};

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge(
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Reads and options of a whole account, for which AWS defines no resource.' },
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${IOT_LOG_GROUP}:*]`,
      reason: 'The one log group of AWS IoT; the ARN of a log group ends so.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'CloudFormation waits for the answer, and takes a failure for a refusal; nothing is ever queued.',
    },
    { id: 'AwsSolutions-S1', reason: 'CloudTrail alone writes there, and its digests show whether a file is what it wrote.' },
  );
};
