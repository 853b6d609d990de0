import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import type { AccessControl } from './iam/access/access-control.ts';
import { createAccessControl } from './iam/access/access-control.ts';
import { permissionsOf } from './iam/access/permissions-of.ts';
import { createAdministrator } from './iam/administrator.ts';
import type { IamService } from './iam/iam-service.ts';
import { createIamService } from './iam/iam-service.ts';
import { AccessKeys } from './sts/access-keys.ts';
import type { StsService } from './sts/sts-service.ts';
import { createStsService } from './sts/sts-service.ts';

/** Who there is in an account, and what they may do. */
export interface Identity {
  readonly access: AccessControl;
  readonly iam: IamService;
  readonly sts: StsService;
}

/** Makes IAM and STS, which ask the access control that asks IAM, and the account's administrator. */
export const createIdentity = ({ account, clock }: { readonly account: Account; readonly clock: Clock }): Identity => {
  const accessKeys = new AccessKeys(clock);
  const access: AccessControl = createAccessControl({ clock, permissionsOf: (caller) => permissionsOf(iam, caller) });
  const iam = createIamService({ account, clock, accessKeys, access });
  createAdministrator(iam.users);
  return { access, iam, sts: createStsService({ account, clock, iam, accessKeys, access }) };
};
