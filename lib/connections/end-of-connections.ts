import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iotArn } from '../policy-scope.ts';
import type { DeviceClientIds } from './presence-sql.ts';

/** What it takes to end the connections of devices, under whatever client id they may use. */
export const endOfConnections = (clientIds: DeviceClientIds): PolicyStatement =>
  new PolicyStatement({ actions: ['iot:DeleteConnection'], resources: clientArnsOf(clientIds) });

/** The clients that devices may be, as IAM matches them. */
export const clientArnsOf = (clientIds: DeviceClientIds): string[] => patternsOf(clientIds).map((pattern) => iotArn('client', pattern));

/** What cdk-nag asks about it. */
export const acknowledgeEndOfConnections = (scope: Construct, clientIds: DeviceClientIds): void => {
  Validations.of(scope).acknowledge(
    ...patternsOf(clientIds).map((pattern) => ({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:client/${pattern}]`,
      reason: 'Devices of this deployment connect under names of its own; they are not known before devices come.',
    })),
  );
};

const patternsOf = ({ prefix, paths }: DeviceClientIds): readonly string[] => [`${prefix}:*`, ...paths.map((path) => `${path}/*`)];
