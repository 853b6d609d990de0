import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Group, GroupStore } from '../group-store.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { UserStore } from '../user-store.ts';
import { encodeDocument } from './role-output.ts';
import { userOutput } from './user-operations.ts';

const named = z.object({ GroupName: z.string() });
const membership = named.extend({ UserName: z.string() });
const attachment = named.extend({ PolicyArn: z.string() });
const inline = named.extend({ PolicyName: z.string() });

const groupOutput = (group: Group): object => ({
  Path: group.path,
  GroupName: group.groupName,
  GroupId: group.groupId,
  Arn: group.arn,
  CreateDate: new Date(group.createdAtMs),
});

/** An operation that changes something and says nothing. */
const changing =
  <Schema extends z.ZodType>(schema: Schema, change: (input: z.output<Schema>) => void): Operation =>
  (raw) => {
    change(parseInput(schema, raw, 'ValidationError'));
    return undefined;
  };

const memberOperations = (groups: GroupStore, users: UserStore): OperationTable => ({
  AddUserToGroup: changing(membership, ({ GroupName, UserName }) => {
    groups.addUser(GroupName, UserName);
  }),
  RemoveUserFromGroup: changing(membership, ({ GroupName, UserName }) => {
    groups.removeUser(GroupName, UserName);
  }),
  GetGroup: (raw) => {
    const group = groups.get(parseInput(named, raw, 'ValidationError').GroupName);
    return { Group: groupOutput(group), Users: [...group.members].map((name) => userOutput(users.get(name))), IsTruncated: false };
  },
  ListGroupsForUser: (raw) => {
    const { userName } = users.get(parseInput(z.object({ UserName: z.string() }), raw, 'ValidationError').UserName);
    return { Groups: groups.ofUser(userName).map(groupOutput), IsTruncated: false };
  },
});

const policyOperations = (groups: GroupStore): OperationTable => ({
  AttachGroupPolicy: changing(attachment, ({ GroupName, PolicyArn }) => {
    groups.attachPolicy(GroupName, PolicyArn);
  }),
  DetachGroupPolicy: changing(attachment, ({ GroupName, PolicyArn }) => {
    groups.detachPolicy(GroupName, PolicyArn);
  }),
  PutGroupPolicy: changing(inline.extend({ PolicyDocument: z.string() }), ({ GroupName, PolicyName, PolicyDocument }) => {
    groups.putInlinePolicy(GroupName, PolicyName, PolicyDocument);
  }),
  DeleteGroupPolicy: changing(inline, ({ GroupName, PolicyName }) => {
    groups.deleteInlinePolicy(GroupName, PolicyName);
  }),
  GetGroupPolicy: (raw) => {
    const { GroupName, PolicyName } = parseInput(inline, raw, 'ValidationError');
    const document = groups.get(GroupName).inlinePolicies.get(PolicyName);
    if (document === undefined) throw noSuchEntity(`The group policy with name ${PolicyName} cannot be found.`);
    return { GroupName, PolicyName, PolicyDocument: encodeDocument(document) };
  },
  ListGroupPolicies: (raw) => {
    const { inlinePolicies } = groups.get(parseInput(named, raw, 'ValidationError').GroupName);
    return { PolicyNames: [...inlinePolicies.keys()], IsTruncated: false };
  },
  ListAttachedGroupPolicies: (raw) => {
    const { attachedPolicies } = groups.get(parseInput(named, raw, 'ValidationError').GroupName);
    return {
      AttachedPolicies: [...attachedPolicies].map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
      IsTruncated: false,
    };
  },
});

/** The IAM operations on groups. */
export const groupOperations = (groups: GroupStore, users: UserStore): OperationTable => ({
  CreateGroup: (raw) => {
    const { GroupName, Path } = parseInput(named.extend({ Path: z.string().optional() }), raw, 'ValidationError');
    return { Group: groupOutput(groups.create(GroupName, Path)) };
  },
  DeleteGroup: changing(named, ({ GroupName }) => {
    groups.delete(GroupName);
  }),
  ListGroups: () => ({ Groups: groups.list().map(groupOutput), IsTruncated: false }),
  ...memberOperations(groups, users),
  ...policyOperations(groups),
});
