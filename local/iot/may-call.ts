import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import type { MayCall } from './policy/policy-authorizer.ts';

const denial = { code: 'ForbiddenException', status: 403 };

/** IAM's word on what callers do to messages; where IAM is not enforced, everything goes. */
export const mayCallBy =
  (access: AccessControl | undefined, account: Account): MayCall =>
  (caller, action, resource) => {
    try {
      access?.check(caller, [{ action, resource }], { account, denial });
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };
