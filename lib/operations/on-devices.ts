import { Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { acknowledgeEndOfConnections, endOfConnections } from '../connections/end-of-connections.ts';
import type { OperationsReach } from './reach.ts';
import { iotArn } from '../policy-scope.ts';
import type { DeviceClientIds } from '../connections/presence-sql.ts';

/** What operations on devices need: to read the audit log and the lists, and to take rights from things and certificates. */
export const operationsOnDevices = ({ table, auditLog, prefix, paths }: OperationsReach): readonly PolicyStatement[] => [
  allow(['dynamodb:Scan'], [table.tableArn]),
  allow(['dynamodb:Query'], [`${table.tableArn}/index/attention`]),
  allow(['logs:FilterLogEvents'], [auditLog.logGroupArn]),
  allow(['iot:DescribeThing'], [things(prefix)]),
  allow(
    ['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup'],
    [things(prefix), iotArn('thinggroup', `${prefix}-quarantine`), iotArn('thinggroup', `${prefix}-probation`)],
  ),
  allow(['iot:DescribeCertificate', 'iot:UpdateCertificate'], [iotArn('cert', '*')]),
  allow(['iot:DeleteThing', 'iot:ListThingPrincipals'], [things(prefix)]),
  allow(['iot:DeleteCertificate', 'iot:DetachThingPrincipal'], [iotArn('cert', '*')]),
  endOfConnections({ prefix, paths }),
];

/** What cdk-nag asks about the statements above. */
export const acknowledgeOperationsOnDevices = (scope: Construct, clientIds: DeviceClientIds): void => {
  acknowledgeEndOfConnections(scope, clientIds);
  const arn = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${arn}:thing/${clientIds.prefix}:*]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${arn}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
  );
};

const things = (prefix: string): string => iotArn('thing', `${prefix}:*`);
