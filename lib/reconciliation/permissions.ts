import { Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

export interface ReconciliationReach {
  readonly table: Table;
  readonly auditLog: ILogGroup;
  readonly prefix: string;
}

/** What the scheduled comparison takes: all that it reads at AWS IoT, what it may change there, and the records. */
export const reconciling = ({ table, auditLog, prefix }: ReconciliationReach): readonly PolicyStatement[] => [
  ...tableAccess(
    table,
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    ['enrollment#*', 'claim#*', 'reconciliation'],
  ),
  allow(['dynamodb:Scan'], [table.tableArn]),
  allow(['dynamodb:Query'], [`${table.tableArn}/index/reconcile`]),
  allow(['logs:FilterLogEvents'], [auditLog.logGroupArn]),
  ...readingRegistry(prefix),
  allow(['iot:DescribeThing', 'iot:ListThingGroupsForThing'], [things(prefix)]),
  allow(['iot:AddThingToThingGroup'], [things(prefix), iotArn('thinggroup', `${prefix}-quarantine`)]),
  ...retiring(),
];

/** The lists of AWS IoT that are compared with the records. */
export const readingRegistry = (prefix: string): readonly PolicyStatement[] => [
  // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
  allow(['iot:ListThings'], ['*']),
  allow(['iot:ListThingPrincipals'], [things(prefix)]),
  allow(['iot:ListPrincipalThings'], [iotArn('cert', '*')]),
  allow(['iot:ListTargetsForPolicy'], [iotArn('policy', `${prefix}-device-*`), iotArn('policy', `${prefix}-claim-*`)]),
];

/** What taking a certificate out of use takes. */
export const retiring = (): readonly PolicyStatement[] => [
  allow(['iot:DeleteCertificate', 'iot:DescribeCertificate', 'iot:DetachThingPrincipal', 'iot:UpdateCertificate'], [iotArn('cert', '*')]),
];

/** What cdk-nag asks about the statements above. */
export const acknowledgeReconciliation = (scope: Construct, prefix: string): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:thing/${prefix}:*]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    },
    { id: `AwsSolutions-IAM5[Resource::${iot}:policy/${prefix}-device-*]`, reason: 'The policies of devices, one for each line.' },
    { id: `AwsSolutions-IAM5[Resource::${iot}:policy/${prefix}-claim-*]`, reason: 'The policies of claims, one for each line.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Actions for which AWS defines no resource.' },
  );
};

const things = (prefix: string): string => iotArn('thing', `${prefix}:*`);
