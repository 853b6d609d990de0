import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { JustInTimeRegistrationEnvironment } from '../../lambdas/just-in-time-registration/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { acknowledgeDeviceEntrance, deviceEntrance } from './device-entrance.ts';
import { registrationSql } from '../connections/presence-sql.ts';
import { SightingQueue } from '../connections/sighting-queue.ts';
import { partitionAccess, tableAccess } from '../table-access.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

const TIMEOUT_SECONDS = 60;
/** Ten calls for each at the most; AWS IoT takes about ten a second. */
const MAX_BATCH_SIZE = 10;

/** Judges devices that arrive with a certificate of a vendor CA, and places those that may come in. */
export class JustInTimeRegistration extends Construct {
  constructor(scope: Construct, id: string, { configuration, table, auditLog, lineSettings }: Foundation) {
    super(scope, id);
    const { prefix, topicPrefix } = configuration;
    const environment: JustInTimeRegistrationEnvironment = { TABLE_NAME: table.tableName, PREFIX: prefix, TOPIC_PREFIX: topicPrefix };
    const registration = new BundledFunction(this, 'Function', {
      name: 'just-in-time-registration',
      description: 'Muster: judges devices that come with a certificate of their vendor.',
      environment,
      constants: { LINE_SETTINGS: JSON.stringify(lineSettings) },
      memorySizeMiB: 512,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    const statements = [
      ...tableAccess(table, ['dynamodb:BatchGetItem', 'dynamodb:PutItem'], ['enrollment#*']),
      partitionAccess(table, ['dynamodb:GetItem'], ['vendor-cas', 'announcement#*']),
      partitionAccess(table, ['dynamodb:UpdateItem'], ['announcement#*']),
      ...deviceEntrance(prefix),
    ];
    for (const statement of statements) registration.allow(statement);
    const { queue } = new SightingQueue(this, 'Announcements', {
      ruleName: `${prefix.replaceAll('-', '_')}_registered`,
      description: 'Muster: certificates that registered themselves.',
      sql: registrationSql,
      consumerTimeoutSeconds: TIMEOUT_SECONDS,
    });
    feedFromQueue(registration, queue, { batchSize: MAX_BATCH_SIZE, maxBatchingWindow: Duration.seconds(1) });
    acknowledgeDeviceEntrance(this, prefix);
  }
}
