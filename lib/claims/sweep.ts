import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ClaimSweepEnvironment } from '../../lambdas/claim-sweep/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { acknowledgeClaimClosing, claimClosing } from './permissions.ts';
import type { ClaimsProps } from './claims-props.ts';
import { allowSuppressions } from './shared-use-suppressions.ts';

/** Closes claims that have had their time, every five minutes. */
export class ClaimSweep extends Construct {
  constructor(scope: Construct, id: string, { configuration, table, auditLog }: ClaimsProps) {
    super(scope, id);
    const { prefix, accountWide } = configuration;
    const environment: ClaimSweepEnvironment = {
      ...{ TABLE_NAME: table.tableName, PREFIX: prefix, IS_AUDITED: accountWide.deviceDefender === undefined ? 'false' : 'true' },
    };
    const sweep = new BundledFunction(this, 'Function', {
      name: 'claim-sweep',
      description: 'Muster: closes claims that have had their time.',
      environment,
      memorySizeMiB: 256,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of claimClosing({ table, prefix })) sweep.allow(statement);
    allowSuppressions(sweep, configuration, 'iot:DeleteAuditSuppression');
    new Rule(this, 'Schedule', {
      description: 'Muster: closes claims that have had their time.',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(sweep.function, { retryAttempts: 0 })],
    });
    acknowledgeClaimClosing(this, prefix);
    const reason = 'A run that failed leaves nothing behind that the next, five minutes later, would not find by itself.';
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaDLQ', reason }, { id: 'Serverless-EventBusDLQ', reason });
  }
}
