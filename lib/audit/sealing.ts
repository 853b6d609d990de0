import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { STAGED_PREFIX } from '../../domain/audit/staging.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { AuditSealingEnvironment } from '../../lambdas/audit-sealing/environment.ts';
import { allow } from '../allow.ts';
import type { AuditPipelineProps } from './pipeline-props.ts';
import { acknowledgeObjects, keepsObjects, worksOffObjects } from '../bucket-access.ts';
import { BundledFunction } from '../bundled-function.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';
import { ringForSilence } from '../monitoring/ring-for-silence.ts';

const DESCRIPTION = 'Muster: seals what has come into history.';
const STAGED = `${STAGED_PREFIX}*`;

/** Seals history by the clock. Two runs at once do no harm, so that no concurrency is taken from the account. */
export class AuditSealing extends Construct {
  constructor(scope: Construct, id: string, { configuration, records }: AuditPipelineProps) {
    super(scope, id);
    const { auditLog, auditArchive, alarmTopic } = records;
    const { prefix, audit } = configuration;
    const { archive, staging, signingKey } = auditArchive;
    const environment: AuditSealingEnvironment = {
      ...{ STAGING_BUCKET_NAME: staging.bucketName, ARCHIVE_BUCKET_NAME: archive.bucketName, SIGNING_KEY_ARN: signingKey.keyArn },
      ...{ SEAL_MINUTES: String(audit.sealMinutes), PREFIX: prefix },
      ...(audit.publish === undefined ? {} : { PUBLISH_BUCKET_NAME: audit.publish.bucket }),
    };
    const sealing = new BundledFunction(this, 'Function', {
      ...{ name: 'audit-sealing', description: DESCRIPTION, environment, logGroup: auditLog },
      memorySizeMiB: 1024,
      // A run ends by itself after eight minutes and the period that it is at.
      timeout: Duration.minutes(14),
      reservedConcurrency: undefined,
    });
    const statements = [...worksOffObjects(staging, STAGED), ...keepsObjects(archive, ['events/*', 'seals/*']), signs(signingKey)];
    for (const statement of statements) sealing.allow(statement);
    if (audit.publish !== undefined) publishTo(sealing, publishedSealsOf(prefix, audit.publish.bucket));
    new Rule(this, 'Schedule', {
      description: DESCRIPTION,
      schedule: Schedule.rate(Duration.minutes(audit.sealMinutes)),
      targets: [new LambdaFunction(sealing.function, { retryAttempts: 0 })],
    });
    const metric = new Metric({
      ...{ namespace: claimMetrics.namespace(prefix), metricName: auditMetrics.sealLagSeconds },
      ...{ statistic: 'Maximum', period: Duration.minutes(5) },
    });
    addAlarm(this, 'Late', { configuration, alarmTopic, definition: alarmDefinitions.auditUnsealed, metric });
    const reports = { metrics: [auditMetrics.sealLagSeconds, auditMetrics.sealed], definition: alarmDefinitions.auditSilent };
    ringForSilence(this, { configuration, alarmTopic, auditLog }, reports);
    acknowledgeObjects(this, staging, [STAGED]);
    acknowledgeObjects(this, archive, ['events/*', 'seals/*']);
    const reason = 'A run that failed leaves everything where the next finds it; that it goes on failing rings.';
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaDLQ', reason }, { id: 'Serverless-EventBusDLQ', reason });
  }
}

/** Another account's bucket decides by its own policy whether it takes them. */
const publishTo = (sealing: BundledFunction, seals: string): void => {
  sealing.allow(allow(['s3:PutObject'], [seals]));
  Validations.of(sealing).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${seals.replace(Aws.PARTITION, '<AWS::Partition>')}]`,
    reason: 'A seal is named by its number, which is not known before.',
  });
};

const publishedSealsOf = (prefix: string, bucket: string): string => `arn:${Aws.PARTITION}:s3:::${bucket}/${prefix}/seals/*`;

const signs = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    actions: ['kms:Sign'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
  });
