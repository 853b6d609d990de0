import { Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iotArn } from '../policy-scope.ts';
import { partitionAccess } from '../table-access.ts';

/** What trusting a vendor's CA takes. A CA that another application registered has no tag of ours, and is neither changed nor deleted. */
export const operationsOnVendorCas = (table: Table, prefix: string): readonly PolicyStatement[] => [
  partitionAccess(table, ['dynamodb:Query'], ['vendor-cas']),
  // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
  new PolicyStatement({
    actions: ['iot:RegisterCACertificate'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestTag/muster:deployment': prefix } },
  }),
  new PolicyStatement({
    actions: ['iot:TagResource'],
    resources: [iotArn('cacert', '*')],
    conditions: { StringEquals: { 'aws:RequestTag/muster:deployment': prefix } },
  }),
  new PolicyStatement({ actions: ['iot:DescribeCACertificate', 'iot:ListTagsForResource'], resources: [iotArn('cacert', '*')] }),
  new PolicyStatement({
    actions: ['iot:DeleteCACertificate', 'iot:UpdateCACertificate'],
    resources: [iotArn('cacert', '*')],
    conditions: { StringEquals: { 'aws:ResourceTag/muster:deployment': prefix } },
  }),
];

/** What cdk-nag asks about the statements above. */
export const acknowledgeOperationsOnVendorCas = (scope: Construct): void => {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:cacert/*]',
    reason: 'AWS IoT names a CA when it is registered. Those of others have no tag of this deployment.',
  });
};
