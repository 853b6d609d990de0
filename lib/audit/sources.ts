import { type CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { AuditSourcesEnvironment } from '../../lambdas/audit-sources/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';
import { auditedAssignedPresenceSql, auditedPresenceSql, deviceClientIdsOf } from '../connections/presence-sql.ts';
import type { RecordsStack } from '../records/records-stack.ts';
import { SightingQueue } from '../connections/sighting-queue.ts';
import { tableAccess } from '../table-access.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

export interface AuditSourcesProps {
  readonly configuration: Configuration;
  readonly records: Pick<RecordsStack, 'alarmTopic' | 'auditLog' | 'table'>;
  /** What has AWS IoT log, if that is ours to see to. */
  readonly logging: CustomResource | undefined;
}

const TIMEOUT_SECONDS = 60;
/** As many as one transaction keeps the addresses of. */
const BATCHES = { batchSize: 100, maxBatchingWindow: Duration.seconds(2) };

/** The services in which something of ours can be changed. */
const WATCHED = ['aws.acm-pca', 'aws.dynamodb', 'aws.iam', 'aws.iot', 'aws.kms', 'aws.lambda', 'aws.s3'];

/**
 * Puts on record what AWS itself tells of the fleet: connections as lifecycle events have them, and calls that change what is ours as
 * CloudTrail has them, wherever the account has a trail that logs. Both come by one queue, which keeps what is not read yet.
 */
export class AuditSources extends Construct {
  readonly function: BundledFunction;

  constructor(scope: Construct, id: string, props: AuditSourcesProps) {
    super(scope, id);
    const { configuration, records } = props;
    const { table } = records;
    const environment: AuditSourcesEnvironment = { TABLE_NAME: table.tableName, KEY_ID: table.encryptionKey?.keyId ?? table.tableName };
    this.function = new BundledFunction(this, 'Function', {
      name: 'audit-sources',
      description: 'Muster: puts on record what AWS tells of the fleet.',
      environment,
      constants: { CONFIGURATION: JSON.stringify(configuration) },
      memorySizeMiB: 256,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      logGroup: records.auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of tableAccess(table, ['dynamodb:PutItem'], ['address#*'])) this.function.allow(statement);
    const { queue, deadLetters } = new SightingQueue(this, 'Told', { ...rulesFor(configuration), consumerTimeoutSeconds: TIMEOUT_SECONDS });
    feedFromQueue(this.function, queue, BATCHES);
    addAlarm(this, 'Unread', {
      ...{ configuration, alarmTopic: records.alarmTopic, definition: alarmDefinitions.auditUnread },
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Sum', period: Duration.minutes(5) }),
    });
    new Rule(this, 'Calls', {
      description: 'Muster: calls that change what may be its own.',
      eventPattern: { source: WATCHED, detailType: ['AWS API Call via CloudTrail'], detail: { readOnly: [false] } },
      targets: [new SqsQueue(queue)],
    });
    if (configuration.accountWide.iotLogging !== undefined) this.#readLog(deadLetters, props.logging);
    acknowledge(this);
  }

  // What failed, of whomever: client ids of claims are too many to name in a pattern, and the function knows ours.
  #readLog(deadLetters: IQueue, logging: CustomResource | undefined): void {
    this.function.function.configureAsyncInvoke({ onFailure: new SqsDestination(deadLetters), retryAttempts: 2 });
    const subscription = new SubscriptionFilter(this, 'Failures', {
      logGroup: LogGroup.fromLogGroupName(this, 'IotLog', IOT_LOG_GROUP),
      destination: new LambdaDestination(this.function.function),
      filterPattern: { logPatternString: '{ $.status = "Failure" }' },
    });
    if (logging !== undefined) subscription.node.addDependency(logging);
  }
}

const rulesFor = (configuration: Configuration) => {
  const { prefix, lines, audit } = configuration;
  const ruleName = `${prefix.replaceAll('-', '_')}_audited_presence`;
  const assigned = audit.connections === 'all' && lines.some(({ clientIds }) => clientIds.assigned);
  const further = {
    ruleName: `${ruleName}_assigned`,
    description: 'Muster: connections of its things under assigned client ids, for the record.',
    sql: auditedAssignedPresenceSql(prefix),
  };
  return {
    ruleName,
    description: 'Muster: connections, for the record.',
    sql: auditedPresenceSql(deviceClientIdsOf(configuration), audit.connections),
    further: assigned ? [further] : [],
  };
};

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge({
    id: 'Serverless-EventBusDLQ',
    reason: 'EventBridge tries for a day to put an event on the queue, which only the deletion of the queue can prevent.',
  });
};
