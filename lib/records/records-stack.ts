import { CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { AlarmTopic } from '../monitoring/alarm-topic.ts';
import { AuditArchive } from '../audit/archive.ts';
import { EPHEMERAL_CONTEXT_KEY, type Lifetime } from '../lifetime.ts';
import { retentionOf } from '../log-retention.ts';
import { recordsKey } from './records-key.ts';
import { Registry } from './registry.ts';
import { StackUpkeep } from './stack-upkeep.ts';

/**
 * What holds data, and outlives every other stack: enrollments, claims, the audit log, the sealed history, who hears of alarms, and what devices hold of AWS
 * IoT. Records outlive its deletion, too.
 */
export class RecordsStack extends Stack {
  readonly table: Table;
  readonly auditLog: LogGroup;
  readonly auditArchive: AuditArchive;
  readonly alarmTopic: Topic;
  readonly lifetime: Lifetime;
  readonly upkeep: StackUpkeep;

  constructor(scope: Construct, configuration: Configuration, lifetime: Lifetime) {
    const stackName = stackNames(configuration.prefix).data;
    super(scope, stackName, {
      stackName,
      description: 'Muster: enrollments, claims, the audit log, and what devices hold.',
      terminationProtection: !lifetime.isEphemeral,
    });
    this.lifetime = lifetime;
    const encryptionKey = recordsKey(this, lifetime.removalPolicy);
    this.table = enrollmentTable(this, encryptionKey, lifetime);
    this.auditLog = new LogGroup(this, 'AuditLog', {
      encryptionKey,
      retention: retentionOf(configuration.retention.auditDays),
      removalPolicy: lifetime.removalPolicy,
    });
    this.auditArchive = new AuditArchive(this, 'Audit', { audit: configuration.audit, encryptionKey, lifetime });
    const { removalPolicy } = lifetime;
    this.alarmTopic = new AlarmTopic(this, 'Alarms', { email: configuration.alarms.email, removalPolicy }).topic;
    new Registry(this, 'Registry', configuration);
    this.upkeep = new StackUpkeep(this, 'Upkeep', { configuration, table: this.table, lifetime });
    this.upkeep.emptyWithStack(this, [this.auditArchive.archive, this.auditArchive.staging]);
    // The command line finds the deployment by these.
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'AuditLogGroupName', { value: this.auditLog.logGroupName });
    if (lifetime.isEphemeral) warnThatNothingIsKept(this);
  }
}

const enrollmentTable = (scope: Construct, encryptionKey: Key, { isEphemeral, removalPolicy }: Lifetime): Table => {
  const table = new Table(scope, 'Enrollments', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    // Only items that say so go by themselves: enrollments and claims never do.
    timeToLiveAttribute: 'expiresAtSeconds',
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    deletionProtection: !isEphemeral,
    removalPolicy,
  });
  // Sparse: an enrollment is in it only while it waits for an operator, so what costs nothing is not listed and costs nothing.
  table.addGlobalSecondaryIndex({
    indexName: 'attention',
    partitionKey: { name: 'attention', type: AttributeType.STRING },
    sortKey: { name: 'pk', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  // Sparse, too: in it is what was written since it was last compared with AWS IoT, so that comparing costs by change.
  table.addGlobalSecondaryIndex({
    indexName: 'reconcile',
    partitionKey: { name: 'reconcile', type: AttributeType.STRING },
    sortKey: { name: 'reconcileAt', type: AttributeType.NUMBER },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['thingName'],
  });
  // And this: credentials in use on lines that rotate, by when they are to be replaced, so that planning costs by what is due.
  table.addGlobalSecondaryIndex({
    indexName: 'rotation',
    partitionKey: { name: 'rotationLine', type: AttributeType.STRING },
    sortKey: { name: 'rotateAt', type: AttributeType.NUMBER },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['thingName', 'credentialSince'],
  });
  return table;
};

const warnThatNothingIsKept = (stack: Stack): void => {
  Validations.of(stack).addWarning(
    'muster-ephemeral',
    `${EPHEMERAL_CONTEXT_KEY} is set: enrollments, claims and the audit log are NOT protected and go with the stack. Never do this to a fleet.`,
  );
};
