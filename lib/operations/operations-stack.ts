import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import { operatorScopesOf } from '../../domain/configuration/configuration-operator-scopes.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { acknowledgeObjects } from '../bucket-access.ts';
import { Claims } from '../claims/claims.ts';
import { DeviceDefender } from '../defender/device-defender.ts';
import type { IssuingAuthority } from '../authority/issuing-authority.ts';
import { OperationsFunction } from './operations-function.ts';
import { HISTORY, operatorPolicy } from './operator-policy.ts';
import { Reconciliation } from '../reconciliation/reconciliation.ts';
import type { RecordsStack } from '../records/records-stack.ts';
import { RotationPlanning } from '../rotation/planning.ts';
import { refuseOverfull } from '../stack-capacity.ts';

export interface OperationsStackProps {
  readonly configuration: Configuration;
  readonly records: RecordsStack;
  readonly authority: IssuingAuthority | undefined;
}

/** What the people who run the fleet go through, and the rights that they can be given. It holds no data. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, { configuration, records, authority }: OperationsStackProps) {
    const stackName = stackNames(configuration.prefix).operations;
    super(scope, stackName, { stackName, description: 'Muster: the operations function and the rights of operators.' });
    const { table, auditLog, auditArchive: history, alarmTopic } = records;
    const operations = new OperationsFunction(this, 'Operations', { configuration, table, auditLog, alarmTopic, authority });
    new Claims(this, 'Claims', { configuration, table, auditLog, alarmTopic });
    new Reconciliation(this, 'Reconciliation', { configuration, table, auditLog, alarmTopic, authority });
    if (lineRotationsOf(configuration).length > 0) {
      new RotationPlanning(this, 'Rotation', { configuration, table, auditLog, alarmTopic });
    }
    if (configuration.accountWide.deviceDefender === 'manage') {
      new DeviceDefender(this, 'DeviceDefender', {
        configuration,
        table,
        auditLog,
        alarmTopic,
        names: resourceNames(configuration.prefix),
      });
    }
    for (const operatorScope of operatorScopesOf(configuration))
      operatorPolicy(this, { configuration, operatorScope, alias: operations.open(operatorScope), history });
    acknowledgeObjects(this, history.archive, HISTORY);
    refuseOverfull(this);
    acknowledge(this, configuration.prefix);
  }
}

const acknowledge = (stack: Stack, prefix: string): void => {
  Validations.of(stack).acknowledge(
    ...Object.values(stackNames(prefix)).map((name) => ({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/${name}/*]`,
      reason: 'The ARN of a stack ends with an id that is not known before it is deployed.',
    })),
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'DescribeEndpoint, a read for which AWS IoT defines no resource.' },
  );
};
