import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { textsIn } from '../iam/access/input-reading.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';

/** What IAM must allow for ECR: each repository that is named, or all. */
export const ecrAuthorization = (account: Account): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'ecr',
    denial: { code: 'AccessDeniedException', status: 400 },
    resources: {
      DescribeRepositories: (input) => {
        const names = textsIn(input['repositoryNames']);
        return (names.length === 0 ? ['*'] : names).map((name) => arnOf(account, 'ecr', `repository/${name}`));
      },
    },
  });
