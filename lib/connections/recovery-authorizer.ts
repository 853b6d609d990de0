import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { CfnAuthorizer } from 'aws-cdk-lib/aws-iot';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LineConfiguration } from '../../domain/configuration.ts';
import { RECOVERY, RECOVERY_CONCURRENCY } from '../../domain/recovery/recovery-connection.ts';
import type { RecoveryAuthorizerEnvironment } from '../../lambdas/recovery-authorizer/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { ConnectionMetrics } from './connection-metrics.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

/** The way back for devices whose certificate is over, by a ticket that two people made. It is there where a line asks for it. */
export class RecoveryAuthorizer extends Construct {
  constructor(scope: Construct, id: string, { foundation, lines }: RecoveryAuthorizerProps) {
    super(scope, id);
    const { configuration, table, auditLog, names } = foundation;
    const authorizerName = names.authorizer(RECOVERY);
    const environment: RecoveryAuthorizerEnvironment = {
      TABLE_NAME: table.tableName,
      PREFIX: configuration.prefix,
      PARTITION: Aws.PARTITION,
      ACCOUNT: Aws.ACCOUNT_ID,
      REFUSAL_FLOOR_MS: String(configuration.refusalFloorMs),
    };
    const authorizer = new BundledFunction(this, 'Function', {
      name: 'recovery-authorizer',
      description: 'Muster: lets devices ask for another certificate that show a ticket and the key of theirs.',
      environment,
      constants: { RECOVERY_LINES: JSON.stringify(lines.map(({ name }) => name)) },
      memorySizeMiB: 512,
      // AWS IoT waits no longer (DG, "Troubleshooting your authorizers"); the function keeps a shorter deadline of its own.
      timeout: Duration.seconds(5),
      logGroup: auditLog,
      reservedConcurrency: RECOVERY_CONCURRENCY,
    });
    for (const statement of tableAccess(table, ['dynamodb:GetItem', 'dynamodb:PutItem'], ['enrollment#*', 'claim#*']))
      authorizer.allow(statement);
    new CfnPermission(this, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: authorizer.functionArn,
      principal: 'iot.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: iotArn('authorizer', authorizerName),
    });
    new CfnAuthorizer(this, 'Authorizer', {
      authorizerName,
      authorizerFunctionArn: authorizer.functionArn,
      // What a device presents proves itself; a signature over it would be a secret that a whole fleet shares.
      signingDisabled: true,
      status: 'ACTIVE',
    });
    new ConnectionMetrics(this, 'Metrics', { foundation, approach: 'pki' });
    foundation.waysIn.addDoor('recovery-authorizer', authorizer.function);
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'AWS IoT calls it synchronously and takes a failure for a refusal; nothing is ever queued that could die.',
    });
  }
}

interface RecoveryAuthorizerProps {
  readonly foundation: Foundation;
  readonly lines: readonly LineConfiguration[];
}
