import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { CfnSubscriptionFilter, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STAGED_PREFIX } from '../../domain/audit/staging.ts';
import { TALLY_PREFIX } from '../../domain/audit/tally.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { AuditIntakeEnvironment } from '../../lambdas/audit-intake/environment.ts';
import type { AuditPipelineProps } from './pipeline-props.ts';
import { acknowledgeObjects, writesObjects } from '../bucket-access.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';
import { BundledFunction } from '../bundled-function.ts';
import { everyEvent } from './every-event.ts';

/** Batches, and how many lines were in them. */
const WRITTEN = [`${STAGED_PREFIX}*`, `${TALLY_PREFIX}*`];

/** Takes every event from the audit log, once it is there, to where it waits to be sealed. */
export class AuditIntake extends Construct {
  constructor(scope: Construct, id: string, { configuration, records }: AuditPipelineProps) {
    super(scope, id);
    const { auditLog, auditArchive, alarmTopic } = records;
    const environment: AuditIntakeEnvironment = { STAGING_BUCKET_NAME: auditArchive.staging.bucketName, PREFIX: configuration.prefix };
    const intake = new BundledFunction(this, 'Function', {
      name: 'audit-intake',
      description: 'Muster: stores what the audit log was told, to be sealed.',
      environment,
      memorySizeMiB: 256,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of writesObjects(auditArchive.staging, WRITTEN)) intake.allow(statement);
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    intake.function.configureAsyncInvoke({ onFailure: new SqsDestination(deadLetters), retryAttempts: 2 });
    // `muster audit redrive` finds them by these.
    new CfnOutput(this, 'DeadLettersUrl', { value: deadLetters.queueUrl }).overrideLogicalId('AuditDeadLettersUrl');
    new CfnOutput(this, 'IntakeName', { value: intake.function.functionName }).overrideLogicalId('AuditIntakeName');
    const subscription = new SubscriptionFilter(this, 'Events', {
      logGroup: auditLog,
      destination: new LambdaDestination(intake.function),
      filterPattern: { logPatternString: everyEvent },
    });
    const site = { configuration, alarmTopic };
    const [period, statistic] = [Duration.minutes(5), 'Sum'];
    const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({ statistic, period });
    addAlarm(this, 'Stuck', { ...site, definition: alarmDefinitions.auditStuck, metric: waiting });
    addAlarm(this, 'Undelivered', {
      ...{ ...site, definition: alarmDefinitions.auditUndelivered },
      metric: new Metric({
        ...{ namespace: 'AWS/Logs', metricName: 'DeliveryErrors', statistic, period },
        dimensionsMap: { LogGroupName: auditLog.logGroupName, DestinationType: 'Lambda', FilterName: nameOf(subscription) },
      }),
    });
    acknowledgeObjects(this, auditArchive.staging, WRITTEN);
    Validations.of(this).acknowledge(
      { id: 'Serverless-LambdaDLQ', reason: 'What the function does not take goes to a queue by its destination, with the error.' },
      { id: 'Serverless-SQSRedrivePolicy', reason: 'It is the dead-letter queue; letters end here.' },
      { id: 'AwsSolutions-SQS3', reason: 'It is the dead-letter queue; letters end here.' },
    );
  }
}

// CloudFormation names it, and tells the name by its reference.
const nameOf = ({ node }: SubscriptionFilter): string => {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnSubscriptionFilter)) throw new Error(`${node.path} is no subscription of its own.`);
  return defaultChild.ref;
};
