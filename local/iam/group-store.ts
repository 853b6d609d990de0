import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { identityGrammar } from '../policy/iam-grammars.ts';
import { alreadyExists, deleteConflict, invalidInput, noSuchEntity } from './iam-errors.ts';
import type { IamPolicy } from './iam-policy.ts';
import { parseIamPolicy } from './iam-policy.ts';
import type { ManagedPolicyStore } from './managed-policy-store.ts';
import { checkPolicySize } from './managed-policy-store.ts';
import { uniqueId } from './unique-id.ts';
import type { UserStore } from './user-store.ts';

export interface Group {
  readonly groupName: string;
  readonly groupId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  /** Names of users. */
  readonly members: Set<string>;
  readonly inlinePolicies: Map<string, IamPolicy>;
  /** ARNs. */
  readonly attachedPolicies: Set<string>;
}

// IAM User Guide, "IAM and AWS STS quotas": inline policies of a group together, and groups of one user.
const maxInlinePolicySize = 5120;
const maxGroupsPerUser = 10;

/** The groups of one account: what their policies allow, their members may do. */
export class GroupStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #users: UserStore;
  readonly #policies: ManagedPolicyStore;
  readonly #groups = new Map<string, Group>();

  constructor(account: Account, clock: Clock, { users, policies }: { readonly users: UserStore; readonly policies: ManagedPolicyStore }) {
    this.#account = account;
    this.#clock = clock;
    this.#users = users;
    this.#policies = policies;
  }

  create(groupName: string, path = '/'): Group {
    if (!/^[\w+=,.@-]{1,128}$/.test(groupName)) throw invalidInput('The specified value for groupName is invalid.');
    if (this.list().some((group) => group.groupName.toLowerCase() === groupName.toLowerCase()))
      throw alreadyExists(`Group with name ${groupName} already exists.`);
    const { partition, accountId } = this.#account;
    const arn = `arn:${partition}:iam::${accountId}:group${path}${groupName}`;
    const made = { groupName, groupId: uniqueId('AGPA'), arn, path, createdAtMs: this.#clock.now() };
    const group: Group = { ...made, members: new Set(), inlinePolicies: new Map(), attachedPolicies: new Set() };
    this.#groups.set(groupName, group);
    return group;
  }

  find(groupName: string): Group | undefined {
    return this.#groups.get(groupName);
  }

  get(groupName: string): Group {
    const group = this.#groups.get(groupName);
    if (group === undefined) throw noSuchEntity(`The group with name ${groupName} cannot be found.`);
    return group;
  }

  list(): readonly Group[] {
    return [...this.#groups.values()];
  }

  ofUser(userName: string): readonly Group[] {
    return this.list().filter(({ members }) => members.has(userName));
  }

  delete(groupName: string): void {
    const { members, inlinePolicies, attachedPolicies } = this.get(groupName);
    if (members.size > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
    if (attachedPolicies.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    this.#groups.delete(groupName);
  }

  addUser(groupName: string, userName: string): void {
    const group = this.get(groupName);
    this.#users.get(userName);
    if (this.ofUser(userName).length >= maxGroupsPerUser && !group.members.has(userName))
      throw deleteConflict(`Cannot exceed quota for GroupsPerUser: ${String(maxGroupsPerUser)}`);
    group.members.add(userName);
  }

  removeUser(groupName: string, userName: string): void {
    this.#users.get(userName);
    if (!this.get(groupName).members.delete(userName)) throw noSuchEntity(`User ${userName} is not in group ${groupName}.`);
  }

  putInlinePolicy(groupName: string, policyName: string, document: unknown): void {
    const group = this.get(groupName);
    const parsed = parseIamPolicy(document, identityGrammar);
    checkPolicySize(parsed, maxInlinePolicySize, `group ${groupName}`);
    group.inlinePolicies.set(policyName, parsed);
  }

  deleteInlinePolicy(groupName: string, policyName: string): void {
    if (!this.get(groupName).inlinePolicies.delete(policyName))
      throw noSuchEntity(`The group policy with name ${policyName} cannot be found.`);
  }

  attachPolicy(groupName: string, policyArn: string): void {
    const group = this.get(groupName);
    if (this.#policies.documentOf(policyArn) === undefined) throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
    this.#policies.find(policyArn)?.attachedTo.add(`group/${groupName}`);
    group.attachedPolicies.add(policyArn);
  }

  detachPolicy(groupName: string, policyArn: string): void {
    if (!this.get(groupName).attachedPolicies.delete(policyArn)) throw noSuchEntity(`Policy ${policyArn} was not found.`);
    this.#policies.find(policyArn)?.attachedTo.delete(`group/${groupName}`);
  }
}
