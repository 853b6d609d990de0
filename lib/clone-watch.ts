import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { CloneWatchEnvironment } from '../lambdas/clone-watch/environment.ts';
import type { Foundation } from './approach-deployment.ts';
import { BundledFunction } from './bundled-function.ts';
import { cloneAlarm } from './clone-alarm.ts';
import { acknowledgeEndOfConnections, clientArnsOf, endOfConnections } from './end-of-connections.ts';
import { iotArn } from './policy-scope.ts';
import { deviceClientIdsOf, takeOverSql } from './presence-sql.ts';
import { SightingQueue } from './sighting-queue.ts';
import { tableAccess } from './table-access.ts';

const TIMEOUT_SECONDS = 60;

type CloneWatchProps = Pick<Foundation, 'configuration' | 'names' | 'table' | 'auditLog' | 'alarmTopic'>;

/** Hears of connections that another took over, and tells when two devices seem to be one. Nothing of it runs when a device reconnects in peace. */
export class CloneWatch extends Construct {
  constructor(scope: Construct, id: string, { configuration, names, table, auditLog, alarmTopic }: CloneWatchProps) {
    super(scope, id);
    const { prefix } = configuration;
    const clientIds = deviceClientIdsOf(configuration);
    const environment: CloneWatchEnvironment = { TABLE_NAME: table.tableName };
    const watch = new BundledFunction(this, 'Function', {
      name: 'clone-watch',
      description: 'Muster: looks whether two devices use one credential.',
      environment,
      constants: { CONFIGURATION: JSON.stringify(configuration) },
      memorySizeMiB: 256,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of [
      ...tableAccess(table, ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], ['enrollment#*', 'take-overs#*']),
      allow(['iot:GetConnection'], clientArnsOf(clientIds)),
      endOfConnections(clientIds),
      allow(['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup'], [things(prefix), iotArn('thinggroup', names.quarantineGroup)]),
      allow(['iot:DescribeCertificate', 'iot:UpdateCertificate'], [iotArn('cert', '*')]),
    ])
      watch.allow(statement);
    const { queue } = new SightingQueue(this, 'TakeOvers', {
      ruleName: `${prefix.replaceAll('-', '_')}_take_overs`,
      description: 'Muster: connections of its things that another took over.',
      sql: takeOverSql(clientIds),
      consumerTimeoutSeconds: TIMEOUT_SECONDS,
    });
    watch.function.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));
    cloneAlarm(this, { prefix, auditLog, alarmTopic });
    acknowledgeEndOfConnections(this, clientIds);
    acknowledge(this, prefix);
  }
}

const things = (prefix: string): string => iotArn('thing', `${prefix}:*`);

const allow = (actions: string[], resources: string[]): PolicyStatement => new PolicyStatement({ actions, resources });

const IOT = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';

const acknowledge = (scope: Construct, prefix: string): void => {
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${IOT}:thing/${prefix}:*]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${IOT}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'The queue that feeds it has a dead-letter queue; the function is never invoked asynchronously.',
    },
    {
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'Lambda has no failure destination for SQS; the queue has a dead-letter queue.',
    },
  );
};
