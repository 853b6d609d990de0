import type { Allocation } from './allocation.ts';
import type { Enrollment } from '../enrollment.ts';
import { resourceNames } from '../resource-names.ts';
import { topicTree } from '../topics.ts';

/** What a device may send with its request. Any other name is refused. */
export const deviceParameters = ['SerialNumber', 'Evidence'] as const;

/** The longest `Evidence`, in characters of JSON. */
export const MAX_EVIDENCE_LENGTH = 4096;

/**
 * Everything in a template that names a resource. None has a default and the hook sets every one, so that a device never
 * names anything and a template whose hook cannot be called provisions nothing.
 */
export const hookParameters = ['ThingName', 'ThingType', 'LineGroup', 'TenantGroup', 'Tenant', 'Approach', 'DeviceConfiguration'] as const;

export type HookParameters = Record<(typeof hookParameters)[number], string>;

/** The key of the answer's `deviceConfiguration` under which a device finds `DeviceConfiguration`, as JSON text. */
export const DEVICE_CONFIGURATION_KEY = 'muster';

/** What a device is told about its place in the fleet. */
export interface DeviceConfiguration {
  readonly schemaVersion: 1;
  readonly line: string;
  readonly tenant: string;
  /** Topic roots without a trailing slash. */
  readonly topics: { readonly own: string; readonly diagnosis: string; readonly line: string; readonly tenant: string };
  /** What the line's rules choose for it beside. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

export interface Deployment {
  readonly prefix: string;
  readonly topicPrefix: string;
}

/** The hook's answer for an admitted enrollment. */
export const hookParametersFor = (
  { prefix, topicPrefix }: Deployment,
  enrollment: Enrollment,
  { group, configuration }: Allocation,
): HookParameters => {
  const names = resourceNames(prefix);
  const { line } = enrollment;
  const told = { ...deviceConfiguration(topicPrefix, enrollment), ...(configuration === undefined ? {} : { settings: configuration }) };
  return {
    ThingName: enrollment.thingName,
    ThingType: names.thingType(line),
    LineGroup: group === undefined ? names.lineGroup(line) : names.allocationGroup(line, group),
    TenantGroup: names.tenantGroup(enrollment.tenant),
    Tenant: enrollment.tenant,
    Approach: enrollment.approach,
    DeviceConfiguration: JSON.stringify(told),
  };
};

const deviceConfiguration = (topicPrefix: string, { line, tenant, thingName }: Enrollment): DeviceConfiguration => {
  const topics = topicTree(topicPrefix);
  return {
    schemaVersion: 1,
    line,
    tenant,
    topics: {
      own: topics.thing(thingName),
      diagnosis: topics.diagnosis(thingName),
      line: topics.line(line),
      tenant: topics.tenant(tenant),
    },
  };
};
