import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { User, UserStore } from '../user-store.ts';
import { tagList } from './identity-input.ts';
import { encodeDocument } from './role-output.ts';

const named = z.object({ UserName: z.string() });
const attachment = named.extend({ PolicyArn: z.string() });
const inline = named.extend({ PolicyName: z.string() });
const createInput = named.extend({ Path: z.string().optional(), PermissionsBoundary: z.string().optional(), Tags: tagList.optional() });

/** A user as the API shows it. */
export const userOutput = (user: User): object => ({
  Path: user.path,
  UserName: user.userName,
  UserId: user.userId,
  Arn: user.arn,
  CreateDate: new Date(user.createdAtMs),
  ...(user.permissionsBoundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: user.permissionsBoundary } }),
  Tags: [...user.tags].map(([Key, Value]) => ({ Key, Value })),
});

const getUser =
  (users: UserStore): Operation =>
  (raw, caller) => {
    const { UserName } = parseInput(named.partial(), raw, 'ValidationError');
    // API reference, GetUser: without a name it is the caller.
    const user = UserName === undefined ? users.findByArn(caller.arn) : users.get(UserName);
    if (user === undefined) throw noSuchEntity('Must specify userName when calling with non-User credentials');
    return { User: userOutput(user) };
  };

const getUserPolicy =
  (users: UserStore): Operation =>
  (raw) => {
    const { UserName, PolicyName } = parseInput(inline, raw, 'ValidationError');
    const document = users.get(UserName).inlinePolicies.get(PolicyName);
    if (document === undefined) throw noSuchEntity(`The user policy with name ${PolicyName} cannot be found.`);
    return { UserName, PolicyName, PolicyDocument: encodeDocument(document) };
  };

const createUser =
  (users: UserStore): Operation =>
  (raw) => {
    const { UserName, Path, PermissionsBoundary, Tags } = parseInput(createInput, raw, 'ValidationError');
    return { User: userOutput(users.create(UserName, { path: Path, permissionsBoundary: PermissionsBoundary, tags: Tags })) };
  };

/** The IAM operations on users; each touches the users alone. */
export const userOperations = (users: UserStore): OperationTable => ({
  CreateUser: createUser(users),
  GetUser: getUser(users),
  ListUsers: () => ({ Users: users.list().map(userOutput), IsTruncated: false }),
  PutUserPolicy: (raw) => {
    const input = parseInput(inline.extend({ PolicyDocument: z.string() }), raw, 'ValidationError');
    users.putInlinePolicy(input.UserName, input.PolicyName, input.PolicyDocument);
    return undefined;
  },
  GetUserPolicy: getUserPolicy(users),
  ListUserPolicies: (raw) => ({
    PolicyNames: [...users.get(parseInput(named, raw, 'ValidationError').UserName).inlinePolicies.keys()],
    IsTruncated: false,
  }),
  DeleteUserPolicy: (raw) => {
    const input = parseInput(inline, raw, 'ValidationError');
    users.deleteInlinePolicy(input.UserName, input.PolicyName);
    return undefined;
  },
  AttachUserPolicy: (raw) => {
    const input = parseInput(attachment, raw, 'ValidationError');
    users.attachPolicy(input.UserName, input.PolicyArn);
    return undefined;
  },
  DetachUserPolicy: (raw) => {
    const input = parseInput(attachment, raw, 'ValidationError');
    users.detachPolicy(input.UserName, input.PolicyArn);
    return undefined;
  },
  ListAttachedUserPolicies: (raw) => {
    const user = users.get(parseInput(named, raw, 'ValidationError').UserName);
    const AttachedPolicies = [...user.attachedPolicies].map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
    return { AttachedPolicies, IsTruncated: false };
  },
});
