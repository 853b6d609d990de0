import { isLiteral } from './connection-client-id.ts';
import type { BoundaryPart } from './connection-verdict.ts';
import type { DeviceBoundaries, LineBoundary } from './device-boundaries.ts';
import type { TenantName, ThingName } from '../identifiers.ts';
import { packPolicies } from './packed-policies.ts';
import {
  type Permissions,
  diagnosisPermissions,
  inheritedPermissions,
  jobPermissions,
  joined,
  nothing,
  ownPermissions,
  sharedPermissions,
  timePermissions,
} from '../permissions.ts';
import type { PolicyScope } from '../policy-document.ts';
import type { TopicTree } from '../topics.ts';

interface Compilation {
  readonly scope: PolicyScope;
  readonly topics: TopicTree;
}

/** Who is let in by an authorizer: under which client id, and as which thing. */
export interface ConnectedDevice {
  readonly thingName: ThingName;
  readonly clientId: string;
}

/** What a device may reach, beyond connecting. */
export interface Reach {
  readonly line: LineBoundary;
  readonly tenant: TenantName;
  readonly tenants: DeviceBoundaries['tenants'];
  readonly parts: readonly BoundaryPart[];
  readonly inheritedId?: string | undefined;
}

/**
 * What a device may do that an authorizer let in: the same set that the policies of its line and its tenant's group allow, with
 * its names in place of variables, since a connection without a certificate has no thing that they could come from.
 * @throws OversizedPolicyError
 * @throws RangeError for an inherited id that is no literal
 */
export const compileConnectionPolicies = (compilation: Compilation, device: ConnectedDevice, reach: Reach): readonly string[] =>
  packed(compilation, device, reachOf(compilation.topics, device, reach));

/** Nothing but the device's own diagnosis topics. */
export const compileDiagnosisPolicies = (compilation: Compilation, device: ConnectedDevice): readonly string[] =>
  packed(compilation, device, diagnosisPermissions(compilation.topics, device.thingName));

/** Nothing but asking what time it is. */
export const compileClockPolicies = (compilation: Compilation, device: ConnectedDevice): readonly string[] =>
  packed(compilation, device, timePermissions(compilation.topics, device.thingName));

const packed = ({ scope }: Compilation, { clientId }: ConnectedDevice, permissions: Permissions): readonly string[] =>
  packPolicies(scope, joined({ ...nothing, connect: [clientId] }, permissions));

const reachOf = (topics: TopicTree, { thingName }: ConnectedDevice, { line, tenant, tenants, parts, inheritedId }: Reach): Permissions => {
  const ofTenant = tenants.find(({ name }) => name === tenant)?.sharedTopics ?? [];
  const reach: Record<BoundaryPart, () => readonly Permissions[]> = {
    own: () => [
      ownPermissions(topics, thingName),
      ...(line.followsJobs === true ? [jobPermissions(thingName)] : []),
      ...(inheritedId === undefined ? [] : [inheritedPermissions(inheritedId)]),
    ],
    line: () => [sharedPermissions(topics, { of: 'line', line: line.name, sharedTopics: line.sharedTopics })],
    tenant: () => [sharedPermissions(topics, { of: 'tenant', tenant, sharedTopics: ofTenant })],
  };
  if (inheritedId !== undefined && !isLiteral(inheritedId))
    throw new RangeError('An inherited id may hold nothing that a policy takes for more.');
  return joined(...[...new Set(parts)].flatMap((part) => reach[part]()));
};
