import { identityGrammar } from '../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../policy/parse-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';

const allow = (actions: readonly string[], resource = '*'): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
});

/** Read-only policies of AWS run to thousands of actions; here they allow what begins with a reading verb. */
const reading = ['Get', 'List', 'Describe', 'BatchGet', 'Head', 'View', 'Search'];

const documents: Readonly<Record<string, object>> = {
  AdministratorAccess: allow(['*']),
  ReadOnlyAccess: allow(
    ['cloudformation', 'dynamodb', 'ecr', 'iam', 'iot', 'kms', 'lambda', 'logs', 's3', 'sns', 'sqs', 'ssm', 'sts'].flatMap((service) =>
      reading.map((verb) => `${service}:${verb}*`),
    ),
  ),
  AWSCloudFormationReadOnlyAccess: allow([
    'cloudformation:Describe*',
    'cloudformation:EstimateTemplateCost',
    'cloudformation:Get*',
    'cloudformation:List*',
    'cloudformation:ValidateTemplate',
    'cloudformation:Detect*',
  ]),
  'service-role/AWSLambdaBasicExecutionRole': allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow([
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  'service-role/AWSIoTThingsRegistration': allow([
    'iot:AddThingToThingGroup',
    'iot:AttachPolicy',
    'iot:AttachPrincipalPolicy',
    'iot:AttachThingPrincipal',
    'iot:CreateCertificateFromCsr',
    'iot:CreatePolicy',
    'iot:CreateThing',
    'iot:DescribeCertificate',
    'iot:DescribeThing',
    'iot:DescribeThingGroup',
    'iot:DescribeThingType',
    'iot:DetachPolicy',
    'iot:DetachThingPrincipal',
    'iot:GetPolicy',
    'iot:ListAttachedPolicies',
    'iot:ListPolicyPrincipals',
    'iot:ListPrincipalPolicies',
    'iot:ListPrincipalThings',
    'iot:ListTargetsForPolicy',
    'iot:ListThingGroupsForThing',
    'iot:ListThingPrincipals',
    'iot:RegisterCertificate',
    'iot:RegisterThing',
    'iot:RemoveThingFromThingGroup',
    'iot:UpdateCertificate',
    'iot:UpdateThing',
    'iot:UpdateThingGroupsForThing',
    'iot:AddThingToBillingGroup',
    'iot:DescribeBillingGroup',
    'iot:RemoveThingFromBillingGroup',
  ]),
};

/** The document of an AWS managed policy that the local AWS knows, by ARN. */
export const awsManagedPolicy = (arn: string): PolicyDocument | undefined => {
  const name = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const document = name === undefined || !Object.hasOwn(documents, name) ? undefined : documents[name];
  return document === undefined ? undefined : parsePolicyDocument(JSON.stringify(document), identityGrammar);
};
