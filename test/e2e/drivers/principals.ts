import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListAttachedUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { openOperations } from '../../../aws/open/operations.ts';
import type { Configuration } from '../../../domain/configuration.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import type { SharedEnvironment } from '../environment/shared-environment.ts';

export interface PrincipalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Somebody in the account who has nothing but what the managed policies of some scopes give. */
export interface TestPrincipal {
  readonly arn: string;
  readonly credentials: PrincipalCredentials;
  /** Of this principal, for programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The operations, by their credentials; `scope` as `--as` says it. */
  open(scope?: string): Promise<OperationsClient>;
}

interface Home {
  readonly shared: SharedEnvironment;
  readonly configuration: Configuration;
}

const policyArn = ({ shared, configuration }: Home, scope: string): string =>
  `arn:aws:iam::${shared.account.accountId}:policy/${configuration.prefix}-${scope}`;

const principalWith = async (home: Home, credentials: PrincipalCredentials): Promise<TestPrincipal> => {
  const { endpoint, account, environment } = home.shared;
  const config = { endpoint, region: account.region, credentials };
  const sts = new STSClient(config);
  const { Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  return {
    arn,
    credentials,
    environment: {
      ...environment,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
    open: (scope) => openOperations(home.configuration, scope, new CloudFormationClient(config)),
  };
};

/** A new user with the managed policies of these scopes. */
export const aUser = async (home: Home, ...scopes: readonly string[]): Promise<TestPrincipal> => {
  const iam = new IAMClient();
  const UserName = `e2e-${randomUUID().slice(0, 8)}`;
  await iam.send(new CreateUserCommand({ UserName }));
  for (const scope of scopes) await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: policyArn(home, scope) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  return principalWith(home, { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' });
};

/** Takes all managed policies from a user. */
export const takeRoles = async ({ arn }: TestPrincipal): Promise<void> => {
  const iam = new IAMClient();
  const UserName = arn.split(':user/')[1];
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  for (const { PolicyArn } of AttachedPolicies) await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  iam.destroy();
};

/** A session of a new role with the managed policies of these scopes. */
export const aSession = async (home: Home, sessionName: string, ...scopes: readonly string[]): Promise<TestPrincipal> => {
  const [iam, sts] = [new IAMClient(), new STSClient()];
  const RoleName = `e2e-${randomUUID().slice(0, 8)}`;
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${home.shared.account.accountId}:root` }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  for (const scope of scopes) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: policyArn(home, scope) }));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: sessionName }));
  iam.destroy();
  sts.destroy();
  return principalWith(home, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
};
