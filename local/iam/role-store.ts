import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { identityGrammar, trustGrammar } from '../policy/iam-grammars.ts';
import { alreadyExists, deleteConflict, invalidInput, noSuchEntity, noSuchRole } from './iam-errors.ts';
import { parseIamPolicy } from './iam-policy.ts';
import type { IamPolicy } from './iam-policy.ts';
import type { ManagedPolicyStore } from './managed-policy-store.ts';
import { checkPolicySize } from './managed-policy-store.ts';
import { uniqueId } from './unique-id.ts';

export interface Role {
  readonly roleName: string;
  readonly roleId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  trustPolicy: IamPolicy;
  description: string | undefined;
  maxSessionDurationSeconds: number;
  permissionsBoundary: string | undefined;
  tags: ReadonlyMap<string, string>;
  readonly inlinePolicies: Map<string, IamPolicy>;
  /** ARNs. */
  readonly attachedPolicies: Set<string>;
}

export interface RoleSettings {
  readonly trustPolicy: unknown;
  readonly description?: string | undefined;
  readonly maxSessionDurationSeconds?: number | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

// IAM User Guide, "IAM and AWS STS quotas": the sum of a role's inline policies, without white space.
const maxInlinePolicySize = 10_240;

/** The roles of one account with their trust and permission policies, parsed, for STS and for whoever evaluates them. */
export class RoleStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #policies: ManagedPolicyStore;
  readonly #roles = new Map<string, Role>();

  constructor(account: Account, clock: Clock, policies: ManagedPolicyStore) {
    this.#account = account;
    this.#clock = clock;
    this.#policies = policies;
  }

  create(roleName: string, path: string, settings: RoleSettings): Role {
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
      throw invalidInput(
        `1 validation error detected: Value '${roleName}' at 'roleName' failed to satisfy constraint: Member must match [\\w+=,.@-]{1,64}`,
      );
    }
    // Role names are unique without regard to case (IAM User Guide, "IAM and AWS STS quotas").
    if (this.list().some((role) => role.roleName.toLowerCase() === roleName.toLowerCase())) {
      throw alreadyExists(`Role with name ${roleName} already exists.`);
    }
    const arn = `arn:${this.#account.partition}:iam::${this.#account.accountId}:role${path}${roleName}`;
    const role: Role = {
      roleName,
      roleId: uniqueId('AROA'),
      arn,
      path,
      createdAtMs: this.#clock.now(),
      ...this.#checked(settings),
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
    };
    this.#roles.set(roleName, role);
    return role;
  }

  find(roleName: string): Role | undefined {
    return this.#roles.get(roleName);
  }

  get(roleName: string): Role {
    const role = this.#roles.get(roleName);
    if (role === undefined) throw noSuchRole(roleName);
    return role;
  }

  findByArn(arn: string): Role | undefined {
    const role = this.#roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.arn === arn ? role : undefined;
  }

  list(): readonly Role[] {
    return [...this.#roles.values()];
  }

  update(roleName: string, settings: RoleSettings): Role {
    return Object.assign(this.get(roleName), this.#checked(settings));
  }

  delete(roleName: string): void {
    const role = this.get(roleName);
    if (role.attachedPolicies.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (role.inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    this.#roles.delete(roleName);
  }

  putInlinePolicy(roleName: string, policyName: string, document: unknown): void {
    const role = this.get(roleName);
    const parsed = parseIamPolicy(document, identityGrammar);
    checkPolicySize(parsed, maxInlinePolicySize, `role ${roleName}`);
    role.inlinePolicies.set(policyName, parsed);
  }

  deleteInlinePolicy(roleName: string, policyName: string): void {
    if (!this.get(roleName).inlinePolicies.delete(policyName)) {
      throw noSuchEntity(`The role policy with name ${policyName} cannot be found.`);
    }
  }

  attachPolicy(roleName: string, policyArn: string): void {
    const role = this.get(roleName);
    if (this.#policies.documentOf(policyArn) === undefined) throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
    this.#policies.find(policyArn)?.attachedTo.add(roleName);
    role.attachedPolicies.add(policyArn);
  }

  detachPolicy(roleName: string, policyArn: string): void {
    if (!this.get(roleName).attachedPolicies.delete(policyArn)) throw noSuchEntity(`Policy ${policyArn} was not found.`);
    this.#policies.find(policyArn)?.attachedTo.delete(roleName);
  }

  #checked(
    settings: RoleSettings,
  ): Pick<Role, 'trustPolicy' | 'description' | 'maxSessionDurationSeconds' | 'permissionsBoundary' | 'tags'> {
    const duration = settings.maxSessionDurationSeconds ?? 3600;
    if (duration < 3600 || duration > 43_200) throw invalidInput(`MaxSessionDuration is ${duration}, expected 3600 to 43200 seconds.`);
    return {
      trustPolicy: parseIamPolicy(settings.trustPolicy, trustGrammar),
      description: settings.description,
      maxSessionDurationSeconds: duration,
      permissionsBoundary: settings.permissionsBoundary,
      tags: settings.tags ?? new Map(),
    };
  }
}
