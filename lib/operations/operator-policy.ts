import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { auditTail } from '../../domain/operations/audit-tail.ts';
import { allow } from '../allow.ts';
import type { AuditArchive } from '../audit/archive.ts';
import { readsVersions } from '../bucket-access.ts';
import { iotArn } from '../policy-scope.ts';

/** What of the archive people read. */
export const HISTORY = ['events/*', 'seals/*'];

export interface OperatorPolicyProps {
  readonly configuration: Configuration;
  readonly operatorScope: OperatorScope;
  /** The way in for this scope. */
  readonly alias: Alias;
  /** The sealed history, which is read past the function: whoever checks it must not have to trust that. */
  readonly history: AuditArchive;
}

/** What somebody is given to act in a scope: its way in, and what the command line must know before it gets there. */
export const operatorPolicy = (scope: Construct, { configuration, operatorScope, alias, history }: OperatorPolicyProps): ManagedPolicy =>
  new ManagedPolicy(scope, `Policy-${operatorScope.name}`, {
    managedPolicyName: resourceNames(configuration.prefix).operatorPolicy(operatorScope.name),
    description: `Muster: act as "${operatorScope.name}" (role ${operatorScope.role}) in the deployment "${configuration.prefix}".`,
    statements: [
      ...callBy(alias),
      findDeployment(configuration.prefix),
      ...makeClaims(configuration, operatorScope),
      ...readHistory(history, operatorScope),
    ],
  });

/**
 * Lambda Developer Guide, "Control access to Lambda function URLs": a URL takes both permissions. The second is bound to the
 * way by the URL, because whoever calls the function directly writes the whole event, the caller's name included.
 */
const callBy = ({ functionArn }: Alias): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['lambda:InvokeFunctionUrl'],
    resources: [functionArn],
    conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
  }),
  new PolicyStatement({
    actions: ['lambda:InvokeFunction'],
    resources: [functionArn],
    conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  }),
];

const findDeployment = (prefix: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['cloudformation:DescribeStacks'],
    resources: Object.values(stackNames(prefix)).map(
      (name) => `arn:${Aws.PARTITION}:cloudformation:${Aws.REGION}:${Aws.ACCOUNT_ID}:stack/${name}/*`,
    ),
  });

/** A claim says where devices connect to, and a technician's is made by AWS IoT for whoever asks for it. */
const makeClaims = ({ prefix, lines }: Configuration, { role, lines: reached }: OperatorScope): readonly PolicyStatement[] => {
  if (role !== 'factory' && role !== 'operator') return [];
  const templates = lines.filter(({ name }) => reached?.includes(name) ?? true).map(({ name }) => resourceNames(prefix).template(name));
  return [
    // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
    new PolicyStatement({ actions: ['iot:DescribeEndpoint'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['iot:CreateProvisioningClaim'],
      resources: templates.map((name) => iotArn('provisioningtemplate', name)),
    }),
  ];
};

/** Whoever may see the audit log may see what is sealed of it. */
const readHistory = ({ archive, signingKey }: AuditArchive, { role }: OperatorScope): readonly PolicyStatement[] =>
  auditTail.roles.includes(role) ? [...readsVersions(archive, HISTORY), allow(['kms:GetPublicKey'], [signingKey.keyArn])] : [];
