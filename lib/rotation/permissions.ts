import { Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { rotationJobs } from '../../domain/rotation/rotation-name.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

export interface RotationReach {
  readonly table: Table;
  readonly prefix: string;
}

/** What planning rotations takes: the records, the list of what is due, and jobs for things of this deployment. */
export const planningRotations = ({ table, prefix }: RotationReach): readonly PolicyStatement[] => [
  ...tableAccess(
    table,
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    ['enrollment#*', 'rotation#*'],
  ),
  ...rotatingDevices({ table, prefix }),
  allow(['iot:CancelJob'], [jobs(prefix)]),
];

/** What it takes to see what is due and under way, and to have devices asked. */
export const rotatingDevices = ({ table, prefix }: RotationReach): readonly PolicyStatement[] => [
  allow(['dynamodb:Query'], [`${table.tableArn}/index/rotation`]),
  allow(['iot:CreateJob'], [jobs(prefix), things(prefix)]),
  allow(['iot:DescribeJob'], [jobs(prefix)]),
  allow(['iot:DescribeThing'], [things(prefix)]),
];

/** What cdk-nag asks about the statements above. */
export const acknowledgePlanningRotations = (scope: Construct, prefix: string): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:thing/${prefix}:*]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:job/${rotationJobs(prefix)}]`,
      reason: 'Jobs are created while the deployment is in use; only its own begin with this.',
    },
  );
};

const jobs = (prefix: string): string => iotArn('job', rotationJobs(prefix));

const things = (prefix: string): string => iotArn('thing', `${prefix}:*`);
