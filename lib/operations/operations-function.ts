import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Alias, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { operationsUrlOutput } from '../../domain/operations-outputs.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import type { OperationsEnvironment } from '../../lambdas/operations/environment.ts';
import { acknowledgeClaimClosing } from '../claims/permissions.ts';
import { BundledFunction } from '../bundled-function.ts';
import { revokesAt } from '../authority/certificate-revocation.ts';
import { readsIssued } from '../authority/issued-certificates.ts';
import { acknowledgeDeviceEntrance } from '../onboarding/device-entrance.ts';
import type { IssuingAuthority } from '../authority/issuing-authority.ts';
import { usesMasterKeys } from '../connections/master-keys.ts';
import { acknowledgeOperationsOnDevices } from './on-devices.ts';
import { acknowledgeOperationsOnVendorCas } from './on-vendor-cas.ts';
import { operationsPermissions } from './permissions.ts';
import { acknowledgeReconciliation } from '../reconciliation/permissions.ts';
import { iotArn } from '../policy-scope.ts';
import { deviceClientIdsOf } from '../connections/presence-sql.ts';
import { allowSuppressions } from '../claims/shared-use-suppressions.ts';
import { acknowledgePlanningRotations, rotatingDevices } from '../rotation/permissions.ts';

export interface OperationsFunctionProps {
  readonly configuration: Configuration;
  readonly table: Table;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
  readonly authority: IssuingAuthority | undefined;
}

/** The one function through which people change anything. */
export class OperationsFunction extends Construct {
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, { configuration, table, auditLog, alarmTopic, authority }: OperationsFunctionProps) {
    super(scope, id);
    const environment: OperationsEnvironment = {
      TABLE_NAME: table.tableName,
      AUDIT_LOG_GROUP_NAME: auditLog.logGroupName,
      ALARM_TOPIC_ARN: alarmTopic.topicArn,
      THING_ARN: iotArn('thing', ''),
    };
    this.#function = new BundledFunction(this, 'Function', {
      name: 'operations',
      description: 'Muster: does what operators ask for, if they may.',
      environment,
      constants: { CONFIGURATION: JSON.stringify(configuration) },
      memorySizeMiB: 1024,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    const clientIds = deviceClientIdsOf(configuration);
    for (const statement of operationsPermissions({ table, auditLog, ...clientIds })) this.#function.allow(statement);
    this.#allowRotations(configuration, table);
    allowSuppressions(this.#function, configuration, 'iot:CreateAuditSuppression', 'iot:DeleteAuditSuppression');
    revokesAt(this.#function, authority);
    readsIssued(this.#function, table, authority);
    acknowledgeOperationsOnDevices(this, clientIds);
    acknowledgeClaimClosing(this, configuration.prefix);
    acknowledgeReconciliation(this, configuration.prefix);
    acknowledgeOperationsOnVendorCas(this);
    acknowledgeDeviceEntrance(this, configuration.prefix);
    usesMasterKeys(this, configuration.prefix);
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'It is called through its URLs, synchronously; nothing is ever queued that could die.',
    });
  }

  // Only where a line rotates.
  #allowRotations(configuration: Configuration, table: Table): void {
    if (lineRotationsOf(configuration).length === 0) return;
    for (const statement of rotatingDevices({ table, prefix: configuration.prefix })) this.#function.allow(statement);
    acknowledgePlanningRotations(this, configuration.prefix);
  }

  /** Opens a way in for one scope: an alias, which tells the function the scope, and its URL, which asks IAM. */
  open({ name }: OperatorScope): Alias {
    const alias = this.#function.function.addAlias(name);
    const { url } = alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    new CfnOutput(this, `Url-${name}`, { value: url }).overrideLogicalId(operationsUrlOutput(name));
    return alias;
  }
}
