import type { Allocation } from './allocation.ts';
import type { Enrollment } from '../enrollment.ts';
import type { ThingName } from '../identifiers.ts';
import { type Deployment, hookParametersFor } from './provisioning-contract.ts';
import { resourceNames } from '../resource-names.ts';

/** Where a device is put at AWS IoT: what a line's provisioning template makes of the hook's answer, for devices that come without one. */
export interface Placement {
  readonly thingName: ThingName;
  readonly thingType: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The line's group or one below it, in which a thing can be once. */
  readonly lineGroup: string;
  /** The name of the line's group and of none below. */
  readonly lineRoot: string;
  readonly groups: readonly string[];
  /** The policy of the line's devices. */
  readonly policy: string;
}

/** The place of an admitted enrollment, by the names that the hook answers with. */
export const placementOf = (deployment: Deployment, enrollment: Enrollment, allocation: Allocation): Placement => {
  const names = resourceNames(deployment.prefix);
  const { ThingType, LineGroup, TenantGroup, Tenant, Approach } = hookParametersFor(deployment, enrollment, allocation);
  return {
    thingName: enrollment.thingName,
    thingType: ThingType,
    attributes: { tenant: Tenant, approach: Approach },
    lineGroup: LineGroup,
    lineRoot: names.lineGroup(enrollment.line),
    // As the record says: an operator's word may have ended a probation before the device was placed.
    groups: [TenantGroup, ...(enrollment.onProbation === true ? [names.probationGroup] : [])],
    policy: names.devicePolicy(enrollment.line),
  };
};
