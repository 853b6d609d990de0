import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ActionTargets } from '../rules/actions/rule-action.ts';
import type { ServiceRoles } from '../service-roles.ts';

export interface DefenderPorts {
  readonly registry: IotRegistry;
  readonly clock: Clock;
  readonly behaviour: IotBehaviour;
  readonly roles: ServiceRoles;
  /** Publishes to topics in the name of whoever acts; without it nobody hears of anything. */
  readonly notifications: ActionTargets['notifications'] | undefined;
  /** The revocation list at an address, in DER; undefined where there is none. */
  readonly revocationList: (url: string) => Buffer | undefined;
  /** Known once the control plane exists, which asks the defender itself. */
  readonly controlPlane: () => ControlPlaneClient;
}
