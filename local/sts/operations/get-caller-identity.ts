import type { Operation } from '../../gateway/operation.ts';
import type { UserStore } from '../../iam/user-store.ts';

/** GetCallerIdentity. Reads users. */
export const getCallerIdentity =
  (users: UserStore): Operation =>
  (_input, { accountId, arn, session }) => ({
    // IAM User Guide, "Information available in all requests": the root user's id is its account's.
    UserId: session?.assumedRoleId ?? users.findByArn(arn)?.userId ?? accountId,
    Account: accountId,
    Arn: arn,
  });
