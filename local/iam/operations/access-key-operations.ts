import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { deleteConflict, limitExceeded, noSuchEntity } from '../iam-errors.ts';
import type { User, UserStore } from '../user-store.ts';

/** Where users' access keys are kept, so that requests can be signed with them. */
export interface UserKeys {
  createLongLived(accountId: string, arn: string): { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Ids of an identity's long-lived keys, oldest first, with the time of their making. */
  longLivedOf(arn: string): readonly { readonly accessKeyId: string; readonly createdAtMs: number }[];
  deleteLongLived(accessKeyId: string): void;
}

// IAM User Guide, "IAM and AWS STS quotas".
const maxKeysPerUser = 2;

const named = z.object({ UserName: z.string().optional() });

const userOf = (users: UserStore, name: string | undefined, callerArn: string): User => {
  const user = name === undefined ? users.findByArn(callerArn) : users.get(name);
  if (user === undefined) throw noSuchEntity('Must specify userName when calling with non-User credentials');
  return user;
};

const createAccessKey =
  (users: UserStore, keys: UserKeys): Operation =>
  (raw, caller) => {
    const user = userOf(users, parseInput(named, raw, 'ValidationError').UserName, caller.arn);
    if (keys.longLivedOf(user.arn).length >= maxKeysPerUser)
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${maxKeysPerUser}`);
    const { accessKeyId, secretAccessKey } = keys.createLongLived(caller.accountId, user.arn);
    return { AccessKey: { UserName: user.userName, AccessKeyId: accessKeyId, Status: 'Active', SecretAccessKey: secretAccessKey } };
  };

const listAccessKeys =
  (users: UserStore, keys: UserKeys): Operation =>
  (raw, caller) => {
    const user = userOf(users, parseInput(named, raw, 'ValidationError').UserName, caller.arn);
    const AccessKeyMetadata = keys.longLivedOf(user.arn).map(({ accessKeyId, createdAtMs }) => ({
      UserName: user.userName,
      AccessKeyId: accessKeyId,
      Status: 'Active',
      CreateDate: new Date(createdAtMs),
    }));
    return { AccessKeyMetadata, IsTruncated: false };
  };

const deleteAccessKey =
  (users: UserStore, keys: UserKeys): Operation =>
  (raw, caller) => {
    const input = parseInput(named.extend({ AccessKeyId: z.string() }), raw, 'ValidationError');
    const user = userOf(users, input.UserName, caller.arn);
    const isTheirs = keys.longLivedOf(user.arn).some(({ accessKeyId }) => accessKeyId === input.AccessKeyId);
    if (!isTheirs) throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
    keys.deleteLongLived(input.AccessKeyId);
    return undefined;
  };

const deleteUser =
  (users: UserStore, keys: UserKeys): Operation =>
  (raw) => {
    const user = users.get(parseInput(z.object({ UserName: z.string() }), raw, 'ValidationError').UserName);
    if (keys.longLivedOf(user.arn).length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
    users.delete(user.userName);
    return undefined;
  };

/** The IAM operations on the access keys of users, and the deletion that has to wait for them. */
export const accessKeyOperations = (users: UserStore, keys: UserKeys): OperationTable => ({
  CreateAccessKey: createAccessKey(users, keys),
  ListAccessKeys: listAccessKeys(users, keys),
  DeleteAccessKey: deleteAccessKey(users, keys),
  DeleteUser: deleteUser(users, keys),
});
