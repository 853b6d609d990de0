import { Duration, Validations } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { ClaimConnectionsEnvironment } from '../../lambdas/claim-connections/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { ClaimsProps } from './claims-props.ts';
import { claimPresenceSql } from '../connections/presence-sql.ts';
import { SightingQueue } from '../connections/sighting-queue.ts';
import { tableAccess } from '../table-access.ts';

const TIMEOUT_SECONDS = 30;

/** Takes note of every connection under a claim: closing ends those of the last hour, and a squatter's address is found by them. */
export class ClaimConnections extends Construct {
  constructor(scope: Construct, id: string, { configuration: { prefix }, table, auditLog }: ClaimsProps) {
    super(scope, id);
    const environment: ClaimConnectionsEnvironment = { TABLE_NAME: table.tableName };
    const recorder = new BundledFunction(this, 'Function', {
      name: 'claim-connections',
      description: 'Muster: takes note of connections under claims.',
      environment,
      memorySizeMiB: 256,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of tableAccess(table, ['dynamodb:BatchWriteItem'], ['claim#*'])) recorder.allow(statement);
    const { queue } = new SightingQueue(this, 'Sightings', {
      ruleName: `${prefix.replaceAll('-', '_')}_claim_presence`,
      description: 'Muster: connections under its claims.',
      sql: claimPresenceSql(prefix),
      consumerTimeoutSeconds: TIMEOUT_SECONDS,
    });
    // A short window: whoever closes a claim wants to know of the connection that was just made.
    recorder.function.addEventSource(
      new SqsEventSource(queue, { batchSize: 100, maxBatchingWindow: Duration.seconds(1), reportBatchItemFailures: true }),
    );
    acknowledge(this);
  }
}

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge(
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
