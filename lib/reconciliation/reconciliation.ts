import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { ReconciliationEnvironment } from '../../lambdas/reconciliation/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { revokesAt } from '../authority/certificate-revocation.ts';
import type { ClaimsProps } from '../claims/claims-props.ts';
import { readsIssued } from '../authority/issued-certificates.ts';
import type { IssuingAuthority } from '../authority/issuing-authority.ts';
import { reconciliationAlarm } from './alarm.ts';
import { acknowledgeReconciliation, reconciling } from './permissions.ts';

const DESCRIPTION = 'Muster: compares the registry with AWS IoT, and puts right what is safe.';

type ReconciliationProps = ClaimsProps & { readonly authority: IssuingAuthority | undefined };

/** Looks at what was changed every fifteen minutes, and once a day begins to look at everything. */
export class Reconciliation extends Construct {
  constructor(scope: Construct, id: string, { configuration, table, auditLog, alarmTopic, authority }: ReconciliationProps) {
    super(scope, id);
    const { prefix, lines } = configuration;
    const environment: ReconciliationEnvironment = {
      ...{ TABLE_NAME: table.tableName, AUDIT_LOG_GROUP_NAME: auditLog.logGroupName, PREFIX: prefix },
    };
    const reconciliation = new BundledFunction(this, 'Function', {
      name: 'reconciliation',
      description: DESCRIPTION,
      environment,
      constants: {
        LINE_NAMES: JSON.stringify(lines.map(({ name }) => name)),
        LINE_ROTATIONS: JSON.stringify(lineRotationsOf(configuration)),
      },
      memorySizeMiB: 256,
      // A run ends by itself after ten minutes and the page that it is at.
      timeout: Duration.minutes(14),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of reconciling({ table, auditLog, prefix })) reconciliation.allow(statement);
    revokesAt(reconciliation, authority);
    readsIssued(reconciliation, table, authority);
    new Rule(this, 'Schedule', {
      description: DESCRIPTION,
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [new LambdaFunction(reconciliation.function, { retryAttempts: 0 })],
    });
    reconciliationAlarm(this, { configuration, auditLog, alarmTopic });
    acknowledgeReconciliation(this, prefix);
    const reason = 'A run that failed leaves everything on the list, where the next, fifteen minutes later, finds it.';
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaDLQ', reason }, { id: 'Serverless-EventBusDLQ', reason });
  }
}
