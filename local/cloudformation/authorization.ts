import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { passRole } from '../iam/access/pass-role.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { StackStore } from './stacks/stack-store.ts';

const takingRole = ['CreateChangeSet', 'CreateStack', 'DeleteStack', 'UpdateStack'] as const;

/** What IAM must allow for CloudFormation. */
export const cloudFormationAuthorization = (account: Account, stacks: StackStore): ServiceAuthorization => {
  /** By name, by id, or by the id of a change set; a stack that is not there yet has no id, and `*` stands for it. */
  const stackArn = (input: OperationInput): string => {
    const named = textIn(input, 'StackName') ?? textIn(input, 'ChangeSetName') ?? '';
    if (named.includes(':stack/')) return named;
    const owner = stacks.all().find(({ changeSets }) => [...changeSets.values()].some(({ changeSetId }) => changeSetId === named));
    return (owner ?? stacks.find(named))?.stackId ?? arnOf(account, 'cloudformation', `stack/${named}/*`);
  };
  const taking =
    (operation: string): AccessMapping =>
    (input) => [
      { action: `cloudformation:${operation}`, resource: stackArn(input) },
      ...passRole(textIn(input, 'RoleARN'), 'cloudformation.amazonaws.com'),
    ];
  return serviceAuthorization({
    account,
    prefix: 'cloudformation',
    denial: { code: 'AccessDenied', status: 403 },
    variables: {
      stackname: (input) => (textIn(input, 'StackName', 'ChangeSetName') === undefined ? undefined : stackArn(input)),
      id: () => '*',
      stacksetname: () => undefined,
    },
    operations: Object.fromEntries(takingRole.map((operation) => [operation, taking(operation)])),
    contextOf: (arn, input) => ({
      'cloudformation:RoleArn': textIn(input, 'RoleARN'),
      'cloudformation:TemplateUrl': textIn(input, 'TemplateURL'),
      'cloudformation:ChangeSetName': textIn(input, 'ChangeSetName'),
      ...resourceTags(stacks.find(arn)?.tags ?? []),
    }),
  });
};
