import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { textIn, textsIn } from '../iam/access/input-reading.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';

/** What IAM must allow for the parameter store: each parameter that is named, or the path. */
export const ssmAuthorization = (account: Account): ServiceAuthorization => {
  const parameterArn = (name: string): string =>
    name.startsWith('arn:') ? name : arnOf(account, 'ssm', `parameter/${name.replace(/^\//, '')}`);
  const namesIn = (input: Readonly<Record<string, unknown>>): readonly string[] => textsIn(input['Names']).map(parameterArn);
  return serviceAuthorization({
    account,
    prefix: 'ssm',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      parameternamewithoutleadingslash: (input) => {
        const name = textIn(input, 'Name', 'Path');
        return name === undefined ? undefined : parameterArn(name);
      },
    },
    resources: { GetParameters: namesIn, DeleteParameters: namesIn },
  });
};
