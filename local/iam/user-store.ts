import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { identityGrammar } from '../policy/iam-grammars.ts';
import { alreadyExists, deleteConflict, invalidInput, noSuchEntity } from './iam-errors.ts';
import { parseIamPolicy } from './iam-policy.ts';
import type { IamPolicy } from './iam-policy.ts';
import type { ManagedPolicyStore } from './managed-policy-store.ts';
import { checkPolicySize } from './managed-policy-store.ts';
import { uniqueId } from './unique-id.ts';

export interface User {
  readonly userName: string;
  readonly userId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  permissionsBoundary: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly inlinePolicies: Map<string, IamPolicy>;
  /** ARNs. */
  readonly attachedPolicies: Set<string>;
}

export interface UserSettings {
  readonly path?: string | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

// IAM User Guide, "IAM and AWS STS quotas": the sum of a user's inline policies, without white space.
const maxInlinePolicySize = 2048;

/** The users of one account with their permission policies. */
export class UserStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #policies: ManagedPolicyStore;
  readonly #users = new Map<string, User>();

  constructor(account: Account, clock: Clock, policies: ManagedPolicyStore) {
    this.#account = account;
    this.#clock = clock;
    this.#policies = policies;
  }

  create(userName: string, settings: UserSettings = {}): User {
    if (!/^[\w+=,.@-]{1,64}$/.test(userName)) throw invalidInput('The specified value for userName is invalid.');
    if (this.list().some((user) => user.userName.toLowerCase() === userName.toLowerCase()))
      throw alreadyExists(`User with name ${userName} already exists.`);
    const path = settings.path ?? '/';
    const user: User = {
      userName,
      userId: uniqueId('AIDA'),
      arn: `arn:${this.#account.partition}:iam::${this.#account.accountId}:user${path}${userName}`,
      path,
      createdAtMs: this.#clock.now(),
      permissionsBoundary: settings.permissionsBoundary,
      tags: settings.tags ?? new Map(),
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
    };
    this.#users.set(userName, user);
    return user;
  }

  find(userName: string): User | undefined {
    return this.#users.get(userName);
  }

  findByArn(arn: string): User | undefined {
    const user = this.#users.get(arn.split('/').at(-1) ?? '');
    return user?.arn === arn ? user : undefined;
  }

  get(userName: string): User {
    const user = this.#users.get(userName);
    if (user === undefined) throw noSuchEntity(`The user with name ${userName} cannot be found.`);
    return user;
  }

  list(): readonly User[] {
    return [...this.#users.values()];
  }

  delete(userName: string): void {
    const user = this.get(userName);
    if (user.attachedPolicies.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (user.inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    this.#users.delete(userName);
  }

  putInlinePolicy(userName: string, policyName: string, document: unknown): void {
    const user = this.get(userName);
    const parsed = parseIamPolicy(document, identityGrammar);
    checkPolicySize(parsed, maxInlinePolicySize, `user ${userName}`);
    user.inlinePolicies.set(policyName, parsed);
  }

  deleteInlinePolicy(userName: string, policyName: string): void {
    if (!this.get(userName).inlinePolicies.delete(policyName))
      throw noSuchEntity(`The user policy with name ${policyName} cannot be found.`);
  }

  attachPolicy(userName: string, policyArn: string): void {
    const user = this.get(userName);
    if (this.#policies.documentOf(policyArn) === undefined) throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
    this.#policies.find(policyArn)?.attachedTo.add(`user/${userName}`);
    user.attachedPolicies.add(policyArn);
  }

  detachPolicy(userName: string, policyArn: string): void {
    if (!this.get(userName).attachedPolicies.delete(policyArn)) throw noSuchEntity(`Policy ${policyArn} was not found.`);
    this.#policies.find(policyArn)?.attachedTo.delete(`user/${userName}`);
  }
}
