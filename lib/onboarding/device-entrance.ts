import { Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { iotArn } from '../policy-scope.ts';

/** What it takes to give a device its thing and its groups. */
export const deviceRegistration = (prefix: string): readonly PolicyStatement[] => {
  const things = iotArn('thing', `${prefix}:*`);
  return [
    allow(['iot:CreateThing', 'iot:DescribeThing', 'iot:ListThingGroupsForThing', 'iot:UpdateThing'], [things]),
    allow(['iot:AddThingToThingGroup'], [things, ...groups(prefix)]),
  ];
};

/** What it takes to place a device and activate its certificate, where no provisioning template does. */
export const deviceEntrance = (prefix: string): readonly PolicyStatement[] => {
  const certificates = iotArn('cert', '*');
  return [
    ...deviceRegistration(prefix),
    allow(['iot:AttachPolicy'], [certificates]),
    allow(['iot:AttachThingPrincipal'], [certificates]),
    allow(['iot:DescribeCertificate', 'iot:UpdateCertificate'], [certificates]),
  ];
};

/** What cdk-nag asks about the registration of devices. */
export const acknowledgeDeviceRegistration = (scope: Construct, prefix: string): void => {
  const resources = [`thing/${prefix}:*`, `thinggroup/${prefix}-line-*`, `thinggroup/${prefix}-tenant-*`];
  Validations.of(scope).acknowledge(
    ...resources.map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${IOT}:${resource}]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    })),
  );
};

/** What cdk-nag asks about their entrance. */
export const acknowledgeDeviceEntrance = (scope: Construct, prefix: string): void => {
  acknowledgeDeviceRegistration(scope, prefix);
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${IOT}:cert/*]`,
    reason: 'A certificate is named by its own digest, which is not known before it is issued.',
  });
};

const IOT = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';

const groups = (prefix: string): string[] => ['line-*', 'tenant-*', 'probation'].map((name) => iotArn('thinggroup', `${prefix}-${name}`));
