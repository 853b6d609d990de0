import { Aws, Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { iotArn } from '../policy-scope.ts';

/**
 * The role that AWS IoT provisions with. The actions are those of the managed policy AWSIoTThingsRegistration that our
 * template can need, without any that creates policies, registers foreign certificates or touches billing; which of them the
 * service makes for a template is not documented, so this is assumed.
 */
export class ProvisioningRole extends Construct {
  readonly #role: Role;

  constructor(scope: Construct, id: string, prefix: string) {
    super(scope, id);
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Muster: what AWS IoT may do to provision a device.',
    });
    for (const statement of statementsFor(prefix)) this.#role.addToPolicy(statement);
    acknowledge(this, prefix);
  }

  get roleArn(): string {
    return this.#role.roleArn;
  }
}

const things = (prefix: string) => iotArn('thing', `${prefix}:*`);
const groups = (prefix: string) => iotArn('thinggroup', `${prefix}-*`);
const certificates = iotArn('cert', '*');

const statementsFor = (prefix: string): readonly PolicyStatement[] => [
  allow(
    ['iot:CreateThing', 'iot:DescribeThing', 'iot:UpdateThing', 'iot:ListThingPrincipals', 'iot:ListThingGroupsForThing'],
    [things(prefix)],
  ),
  allow(['iot:DescribeThingType'], [iotArn('thingtype', `${prefix}-*`)]),
  allow(['iot:DescribeThingGroup'], [groups(prefix)]),
  allow(['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup', 'iot:UpdateThingGroupsForThing'], [things(prefix), groups(prefix)]),
  allow(['iot:GetPolicy', 'iot:ListTargetsForPolicy'], [iotArn('policy', `${prefix}-device-*`)]),
  allow(
    [
      'iot:AttachPolicy',
      'iot:AttachPrincipalPolicy',
      'iot:AttachThingPrincipal',
      'iot:DescribeCertificate',
      'iot:ListPrincipalThings',
      'iot:UpdateCertificate',
    ],
    [certificates],
  ),
  // These have no resource that a policy could name (Service Authorization Reference, AWS IoT).
  allow(['iot:ListAttachedPolicies', 'iot:ListPrincipalPolicies', 'iot:RegisterThing'], ['*']),
];

const acknowledge = (role: ProvisioningRole, prefix: string): void => {
  const arn = 'arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>';
  const ours = 'What is registered under the prefix of this deployment; names are not known before devices come.';
  Validations.of(role).acknowledge(
    ...[`thing/${prefix}:*`, `thinggroup/${prefix}-*`, `thingtype/${prefix}-*`, `policy/${prefix}-device-*`].map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${arn}:${resource}]`,
      reason: ours,
    })),
    {
      id: `AwsSolutions-IAM5[Resource::${arn}:cert/*]`,
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Two reads and RegisterThing, for which AWS IoT defines no resource; what RegisterThing does needs the other statements.',
    },
  );
};
