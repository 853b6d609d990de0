import type { Account } from '../account.ts';
import { textIn } from '../iam/access/input-reading.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';

/** What IAM must allow for CloudWatch. */
export const cloudWatchAuthorization = (account: Account): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'cloudwatch',
    denial: { code: 'AccessDeniedException', status: 400 },
    // Metrics are no resources: a namespace is the only thing that a policy can tell apart.
    contextOf: (_arn, input) => ({ 'cloudwatch:namespace': textIn(input, 'Namespace') }),
  });
