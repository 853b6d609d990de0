import { notFound } from '../refusals.ts';
import type { CaCertificate, Certificate, Policy, ProvisioningTemplate, Thing, ThingGroup, ThingType } from './records.ts';
import type { IotRegistry } from './registry.ts';

/** Each answers the entry of that name or throws `ResourceNotFoundException`. */
export const findThing = (registry: IotRegistry, thingName: string): Thing => {
  const thing = registry.things.get(thingName);
  if (thing === undefined) throw notFound(`Thing ${thingName} cannot be found.`);
  return thing;
};

export const findThingType = (registry: IotRegistry, thingTypeName: string): ThingType => {
  const type = registry.thingTypes.get(thingTypeName);
  if (type === undefined) throw notFound(`Thing type ${thingTypeName} cannot be found.`);
  return type;
};

export const findThingGroup = (registry: IotRegistry, thingGroupName: string): ThingGroup => {
  const group = registry.thingGroups.get(thingGroupName);
  if (group === undefined) throw notFound(`Thing group ${thingGroupName} cannot be found.`);
  return group;
};

// SM CertificateId admits a `0x` in front and digits of either case.
const canonicalId = (certificateId: string): string => certificateId.replace(/^0x/, '').toLowerCase();

export const findCaCertificate = (registry: IotRegistry, certificateId: string): CaCertificate => {
  const authority = registry.caCertificates.get(canonicalId(certificateId));
  if (authority === undefined) throw notFound(`CA certificate ${certificateId} cannot be found.`);
  return authority;
};

export const findCertificate = (registry: IotRegistry, certificateId: string): Certificate => {
  const certificate = registry.certificates.get(canonicalId(certificateId));
  if (certificate === undefined) throw notFound(`Certificate ${certificateId} cannot be found.`);
  return certificate;
};

export const findPolicy = (registry: IotRegistry, policyName: string): Policy => {
  const policy = registry.policies.get(policyName);
  if (policy === undefined) throw notFound(`Policy ${policyName} cannot be found.`);
  return policy;
};

export const findProvisioningTemplate = (registry: IotRegistry, templateName: string): ProvisioningTemplate => {
  const template = registry.provisioningTemplates.get(templateName);
  if (template === undefined) throw notFound(`Provisioning template ${templateName} cannot be found.`);
  return template;
};
