import { Duration, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import type { SuspicionEnvironment } from '../../lambdas/suspicion/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { acknowledgeEndOfConnections, endOfConnections } from './end-of-connections.ts';
import { iotArn } from '../policy-scope.ts';
import { deviceClientIdsOf } from './presence-sql.ts';
import { tableAccess } from '../table-access.ts';

export type SuspicionFunctionProps = Pick<Foundation, 'configuration' | 'names' | 'table' | 'auditLog' | 'alarmTopic'>;

export interface SuspectingFunction {
  /** The folder below `lambdas/` that holds `handler.ts`. */
  readonly name: string;
  readonly description: string;
  /** The partitions, beside those of enrollments, in which it remembers what it saw. */
  readonly partition?: string;
  readonly timeoutSeconds: number;
}

/** A function that watches devices: it remembers what it saw, and may do what a quarantine takes. */
export const suspicionFunction = (
  scope: Construct,
  { configuration, names, table, auditLog }: SuspicionFunctionProps,
  { name, description, partition, timeoutSeconds }: SuspectingFunction,
): BundledFunction => {
  const { prefix } = configuration;
  const clientIds = deviceClientIdsOf(configuration);
  const environment: SuspicionEnvironment = { TABLE_NAME: table.tableName };
  const watch = new BundledFunction(scope, 'Function', {
    ...{ name, description },
    environment,
    constants: { CONFIGURATION: JSON.stringify(configuration) },
    memorySizeMiB: 256,
    timeout: Duration.seconds(timeoutSeconds),
    logGroup: auditLog,
    reservedConcurrency: undefined,
  });
  for (const statement of [
    ...tableAccess(
      table,
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      ['enrollment#*', ...(partition === undefined ? [] : [partition])],
    ),
    endOfConnections(clientIds),
    allow(['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup'], [things(prefix), iotArn('thinggroup', names.quarantineGroup)]),
    allow(['iot:DescribeCertificate', 'iot:UpdateCertificate'], [iotArn('cert', '*')]),
  ])
    watch.allow(statement);
  acknowledgeEndOfConnections(scope, clientIds);
  acknowledge(scope, prefix);
  return watch;
};

const things = (prefix: string): string => iotArn('thing', `${prefix}:*`);

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
  );
};
