import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  RemoveUserFromGroupCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

let aws: LocalAws;
let iam: IAMClient;

beforeAll(async () => {
  aws = await startLocalAws();
  iam = new IAMClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 });
});
afterAll(async () => {
  iam.destroy();
  await aws.stop();
});

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

const configOf = async (UserName: string) => {
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  return { endpoint: aws.endpoint, region: aws.account.region, credentials, maxAttempts: 1 };
};

documented(
  'IAM user guide, "IAM user groups"',
  'members may do what the group’s policies allow, and no longer than they are members',
  async () => {
    const sns = new SNSClient(await configOf('ann'));
    const list = () => sns.send(new ListTopicsCommand({}));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'topics',
        PolicyDocument: policy({ Effect: 'Allow', Action: 'sns:ListTopics', Resource: '*' }),
      }),
    );
    const [GroupName, UserName, PolicyArn] = ['readers', 'ann', Policy?.Arn];
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    await expect(list()).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    await list();
    expect((await iam.send(new GetGroupCommand({ GroupName }))).Users).toMatchObject([{ UserName }]);
    expect((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups).toMatchObject([{ GroupName }]);
    expect((await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies).toEqual([
      { PolicyArn, PolicyName: 'topics' },
    ]);
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName,
        PolicyName: 'no',
        PolicyDocument: policy({ Effect: 'Deny', Action: 'sns:*', Resource: '*' }),
      }),
    );
    await expect(list()).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    await expect(iam.send(new DeleteGroupCommand({ GroupName }))).rejects.toMatchObject({ name: 'DeleteConflictException' });
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
    await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
    sns.destroy();
  },
);

documented('IAM user guide, "Methods to assume a role"', 'a user assumes the roles whose trust policy names it', async () => {
  const sts = new STSClient(await configOf('ben'));
  const trusting = (AWS: string): string => policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
  const arnOf = (what: string): string => `arn:aws:iam::${aws.account.accountId}:${what}`;
  await iam.send(new CreateRoleCommand({ RoleName: 'own', AssumeRolePolicyDocument: trusting(arnOf('user/ben')) }));
  await iam.send(new CreateRoleCommand({ RoleName: 'everybody', AssumeRolePolicyDocument: trusting(aws.account.accountId) }));
  const assume = (role: string) => sts.send(new AssumeRoleCommand({ RoleArn: arnOf(`role/${role}`), RoleSessionName: 'ben' }));
  expect((await assume('own')).AssumedRoleUser?.Arn).toContain(':assumed-role/own/ben');
  // Trust in the account leaves it to the user's own policies, and there are none.
  await expect(assume('everybody')).rejects.toMatchObject({ name: 'AccessDenied' });
  sts.destroy();
});

documented('IAM API reference, SimulatePrincipalPolicy', 'identity policies are tried without doing anything', async () => {
  const role = {
    RoleName: 'tried',
    AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  };
  const { Role } = await iam.send(new CreateRoleCommand(role));
  const PolicyDocument = policy(
    { Effect: 'Allow', Action: 'iot:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
    { Effect: 'Deny', Action: 'iot:DeleteThing', Resource: '*' },
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: 'tried', PolicyName: 'p', PolicyDocument }));
  const decisions = async (region: string): Promise<readonly unknown[]> => {
    const ContextEntries = [{ ContextKeyName: 'aws:RequestedRegion', ContextKeyType: 'string' as const, ContextKeyValues: [region] }];
    const ActionNames = ['iot:CreateThing', 'iot:DeleteThing', 's3:GetObject'];
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: Role?.Arn, ActionNames, ContextEntries }),
    );
    return (EvaluationResults ?? []).map(({ EvalDecision }) => EvalDecision);
  };
  expect(await decisions('eu-west-1')).toEqual(['allowed', 'explicitDeny', 'implicitDeny']);
  expect(await decisions('us-east-1')).toEqual(['implicitDeny', 'explicitDeny', 'implicitDeny']);
  const PolicySourceArn = `arn:aws:iam::${aws.account.accountId}:user/nobody-there`;
  const unknown = iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['iot:CreateThing'] }));
  await expect(unknown).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
