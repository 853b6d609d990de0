import type { Operation } from '../../gateway/operation.ts';

/** GetCallerIdentity. Touches nothing. The user id is the access key's, which is as opaque as AWS's own. */
export const getCallerIdentity: Operation = (_input, caller) => ({
  UserId: caller.accessKeyId,
  Account: caller.accountId,
  Arn: caller.arn,
});
