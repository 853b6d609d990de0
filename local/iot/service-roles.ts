import type { ControlPlaneClient } from './control-plane-client.ts';

/** The roles that AWS IoT acts with in the account. */
export interface ServiceRoles {
  /** Whether the role exists and trusts `iot.amazonaws.com`. */
  isAssumable(roleArn: string): boolean;
  /** The control plane as the role may use it: what its policies do not allow rejects with `AccessDeniedException`. */
  actAs(roleArn: string, controlPlane: ControlPlaneClient): ControlPlaneClient;
}

/** For a control plane without IAM beside it: every role exists and may do everything. */
export const unlimitedRoles: ServiceRoles = {
  isAssumable: () => true,
  actAs: (_roleArn, controlPlane) => controlPlane,
};
