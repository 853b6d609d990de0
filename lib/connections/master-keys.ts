import { Aws, Duration, type RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The tag, on a role, of the deployment whose master keys it may use. */
const USER_TAG = 'muster:master-keys-of';

export interface MasterKeyProps {
  /** Begins the name of every resource of the deployment. */
  readonly prefix: string;
  /** `alias/…` */
  readonly alias: string;
  readonly description: string;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A key of HMAC-SHA-256 that never leaves KMS. Its policy lets the account look after it, and lets nobody use it but roles
 * that carry the tag of the deployment and are allowed to, whatever other policies of the account say.
 */
export const masterKey = (scope: Construct, id: string, { prefix, alias, description, removalPolicy }: MasterKeyProps): Key =>
  new Key(scope, id, {
    ...{ alias, description, removalPolicy },
    keySpec: KeySpec.HMAC_256,
    keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    pendingWindow: Duration.days(30),
    policy: new PolicyDocument({ statements: [care, use(prefix)] }),
  });

// No CreateGrant: a grant would be a use that the condition below does not see.
const care = new PolicyStatement({
  sid: 'Care',
  principals: [new AccountRootPrincipal()],
  actions: [
    'kms:CancelKeyDeletion',
    'kms:CreateAlias',
    'kms:DeleteAlias',
    'kms:DescribeKey',
    'kms:DisableKey',
    'kms:EnableKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListAliases',
    'kms:ListGrants',
    'kms:ListKeyPolicies',
    'kms:ListResourceTags',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:TagResource',
    'kms:UntagResource',
    'kms:UpdateAlias',
    'kms:UpdateKeyDescription',
  ],
  resources: ['*'],
});

const use = (prefix: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'Use',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:GenerateMac'],
    resources: ['*'],
    conditions: { StringEquals: { [`aws:PrincipalTag/${USER_TAG}`]: prefix } },
  });

/** What a role may do that derives keys of devices: by these aliases, or patterns of them, and in no other way. */
export const derivesFrom = (aliases: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['kms:GenerateMac'],
    resources: [`arn:${Aws.PARTITION}:kms:${Aws.REGION}:${Aws.ACCOUNT_ID}:key/*`],
    conditions: { StringLike: { 'kms:RequestAlias': [...aliases] } },
  });

/** Marks the roles of a construct as users of the deployment's master keys, and answers what cdk-nag asks about the statement above. */
export const usesMasterKeys = (scope: Construct, prefix: string): void => {
  Tags.of(scope).add(USER_TAG, prefix, { includeResourceTypes: ['AWS::IAM::Role'] });
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*]',
    reason: 'A master key is named by its alias, which the condition demands; its own policy lets nobody else use it.',
  });
};
