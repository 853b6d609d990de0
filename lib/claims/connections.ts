import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ClaimConnectionsEnvironment } from '../../lambdas/claim-connections/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { ClaimsProps } from './claims-props.ts';
import { claimPresenceSql } from '../connections/presence-sql.ts';
import { SightingQueue } from '../connections/sighting-queue.ts';
import { tableAccess } from '../table-access.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

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
    feedFromQueue(recorder, queue, { batchSize: 100, maxBatchingWindow: Duration.seconds(1) });
  }
}
