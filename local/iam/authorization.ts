import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from './access/input-reading.ts';
import { resourceTags } from './access/request-tags.ts';
import type { ServiceAuthorization } from './access/service-authorization.ts';
import { serviceAuthorization } from './access/service-authorization.ts';
import type { IamStores } from './iam-stores.ts';

/** A name with the path that stands before it in the ARN: `service-role/x`. */
const withPath = (path: string | undefined, name: string | undefined): string | undefined =>
  name === undefined ? undefined : `${(path ?? '/').slice(1)}${name}`;

/** What IAM must allow for IAM itself. */
export const iamAuthorization = (
  account: Account,
  { roles, users, groups }: Pick<IamStores, 'roles' | 'users' | 'groups'>,
): ServiceAuthorization => {
  const roleIn = (input: OperationInput): string | undefined => {
    const name = textIn(input, 'RoleName');
    return withPath(roles.find(name ?? '')?.path ?? textIn(input, 'Path'), name);
  };
  const userIn = (input: OperationInput): string | undefined => {
    const name = textIn(input, 'UserName');
    return withPath(users.find(name ?? '')?.path ?? textIn(input, 'Path'), name);
  };
  return serviceAuthorization({
    account,
    prefix: 'iam',
    denial: { code: 'AccessDenied', status: 403 },
    variables: {
      rolenamewithpath: roleIn,
      usernamewithpath: userIn,
      groupnamewithpath: (input) =>
        withPath(groups.find(textIn(input, 'GroupName') ?? '')?.path ?? textIn(input, 'Path'), textIn(input, 'GroupName')),
      policynamewithpath: (input) => textIn(input, 'PolicyArn') ?? withPath(textIn(input, 'Path'), textIn(input, 'PolicyName')),
    },
    resources: { SimulatePrincipalPolicy: (input) => [textIn(input, 'PolicySourceArn') ?? '*'] },
    contextOf: (arn, input) => ({
      'iam:PolicyARN': textIn(input, 'PolicyArn'),
      'iam:PermissionsBoundary':
        textIn(input, 'PermissionsBoundary') ?? (roles.findByArn(arn) ?? users.findByArn(arn))?.permissionsBoundary,
      ...resourceTags(roles.findByArn(arn)?.tags ?? []),
    }),
  });
};
