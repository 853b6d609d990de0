import type { GroupStore } from './group-store.ts';
import type { ManagedPolicyStore } from './managed-policy-store.ts';
import type { RoleStore } from './role-store.ts';
import type { UserStore } from './user-store.ts';

/** The identities of one account and their policies. */
export interface IamStores {
  readonly roles: RoleStore;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly policies: ManagedPolicyStore;
}
