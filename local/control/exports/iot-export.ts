import type { IotRegistry } from '../../iot/registry/registry.ts';
import { plainValue } from './plain-value.ts';

const policyNames = (registry: IotRegistry, target: string): readonly string[] => registry.policyAttachments.rightsOf(target);

/** The registry of AWS IoT with its attachments; a certificate's private key is not kept, so none can be in it. */
export const exportIot = (registry: IotRegistry): unknown => ({
  ...{ thingTypes: plainValue(registry.thingTypes), policies: plainValue(registry.policies), topicRules: plainValue(registry.topicRules) },
  provisioningTemplates: plainValue(registry.provisioningTemplates),
  things: [...registry.things.values()].map((thing) => ({
    ...thing,
    principals: registry.thingPrincipals.rightsOf(thing.thingName),
    groups: registry.groupMemberships.rightsOf(thing.thingName),
  })),
  thingGroups: [...registry.thingGroups.values()].map((group) => ({
    ...group,
    policies: policyNames(registry, registry.arn('thinggroup', group.thingGroupName)),
  })),
  certificates: [...registry.certificates.entries()].map(([certificateId, certificate]) => ({
    ...{ ...certificate, certificateId },
    policies: policyNames(registry, registry.arn('cert', certificateId)),
  })),
});
