import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iotArn } from './policy-scope.ts';

/** What it takes to place a device and activate its certificate, where no provisioning template does. */
export const deviceEntrance = (prefix: string): readonly PolicyStatement[] => {
  const things = iotArn('thing', `${prefix}:*`);
  const certificates = iotArn('cert', '*');
  return [
    allow(['iot:CreateThing', 'iot:DescribeThing', 'iot:ListThingGroupsForThing', 'iot:UpdateThing'], [things]),
    allow(['iot:AddThingToThingGroup'], [things, ...groups(prefix)]),
    allow(['iot:AttachPolicy'], [certificates]),
    allow(['iot:AttachThingPrincipal'], [certificates]),
    allow(['iot:DescribeCertificate', 'iot:UpdateCertificate'], [certificates]),
  ];
};

/** What cdk-nag asks about the statements above. */
export const acknowledgeDeviceEntrance = (scope: Construct, prefix: string): void => {
  const iot = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  const resources = [`thing/${prefix}:*`, `thinggroup/${prefix}-line-*`, `thinggroup/${prefix}-tenant-*`];
  Validations.of(scope).acknowledge(
    ...resources.map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${iot}:${resource}]`,
      reason: 'What is registered under the prefix of this deployment; names are not known before devices come.',
    })),
    {
      id: `AwsSolutions-IAM5[Resource::${iot}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
  );
};

const groups = (prefix: string): string[] => ['line-*', 'tenant-*', 'probation'].map((name) => iotArn('thinggroup', `${prefix}-${name}`));

const allow = (actions: string[], resources: string[]): PolicyStatement => new PolicyStatement({ actions, resources });
