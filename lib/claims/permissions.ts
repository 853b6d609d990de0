import { Aws, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { iotArn } from '../policy-scope.ts';
import { partitionAccess, tableAccess } from '../table-access.ts';

export interface ClaimReach {
  readonly table: Table;
  readonly prefix: string;
}

/** What closing a claim takes. */
export const claimClosing = ({ table, prefix }: ClaimReach): readonly PolicyStatement[] => [
  ...tableAccess(table, ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], ['claims', 'claim#*']),
  readClaims(table),
  allow(['iot:UpdateCertificate'], [iotArn('cert', '*')]),
  allow(['iot:DeleteConnection'], [claimClients(prefix)]),
  allow(['cloudwatch:DeleteAlarms'], [claimAlarms(prefix)]),
  // It has no resource that a policy could name (Service Authorization Reference, Amazon CloudWatch).
  allowAnywhere(['cloudwatch:PutMetricData'], { StringEquals: { 'cloudwatch:namespace': claimMetrics.namespace(prefix) } }),
];

/** What the operations on claims take beside reading and writing the table. */
export const operationsOnClaims = ({ table, prefix }: ClaimReach): readonly PolicyStatement[] => [
  readClaims(table),
  // Neither has a resource that a policy could name (Service Authorization Reference, AWS IoT).
  allowAnywhere(['iot:CreateCertificateFromCsr', 'iot:DescribeEndpoint']),
  allow(['iot:DeleteCertificate', 'iot:DescribeCertificate', 'iot:UpdateCertificate'], [iotArn('cert', '*')]),
  allow(['iot:AttachPolicy', 'iot:DetachPolicy'], [iotArn('cert', '*')]),
  allow(['iot:GetPolicy'], [iotArn('policy', `${prefix}-claim-*`)]),
  allow(['iot:DeleteConnection'], [claimClients(prefix)]),
  allow(['cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm'], [claimAlarms(prefix)]),
  allowAnywhere(['cloudwatch:GetMetricData']),
];

/** What cdk-nag asks about the statements above. */
export const acknowledgeClaimClosing = (scope: Construct, prefix: string): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:client/${prefix}-claim-*]`,
      reason: 'A connection under a claim has a random name of its own.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:${prefix}-claim-*]`,
      reason: 'Claims, and their alarms, are created while the deployment is in use.',
    },
    { id: `AwsSolutions-IAM5[Resource::${iot}:policy/${prefix}-claim-*]`, reason: 'The policies of claims, one for each line.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Actions for which AWS defines no resource.' },
  );
};

const claimClients = (prefix: string): string => iotArn('client', `${prefix}-claim-*`);

const claimAlarms = (prefix: string): string => `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${prefix}-claim-*`;

const readClaims = (table: Table): PolicyStatement => partitionAccess(table, ['dynamodb:Query'], ['claims', 'claim#*']);

const allowAnywhere = (actions: string[], conditions: Record<string, unknown> = {}): PolicyStatement =>
  new PolicyStatement({ actions, resources: ['*'], conditions });
