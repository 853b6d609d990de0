import type { ControlPlaneClient } from './control-plane-client.ts';

/** The roles that AWS IoT acts with in the account. */
export interface ServiceRoles {
  /** Whether the role exists and trusts `iot.amazonaws.com`. */
  isAssumable(roleArn: string): boolean;
  /** The control plane as the role may use it: what its policies do not allow rejects with `AccessDeniedException`. */
  actAs(roleArn: string, controlPlane: ControlPlaneClient): ControlPlaneClient;
  /** Does work with the role: what its policies do not allow, the services that the work calls refuse. Rejects when the role is not assumable. */
  work(roleArn: string, work: () => Promise<void>): Promise<void>;
  /** Throws `AccessDeniedException` unless the role's policies allow an action of AWS IoT itself, e.g. `iot:Publish` to a topic's ARN. */
  require(roleArn: string, action: string, resource: string): void;
}

/** For a control plane without IAM beside it: every role exists and may do everything. */
export const unlimitedRoles: ServiceRoles = {
  isAssumable: () => true,
  actAs: (_roleArn, controlPlane) => controlPlane,
  work: (_roleArn, work) => work(),
  require: () => undefined,
};
