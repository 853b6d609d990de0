import { invalidRequest, notFound } from '../refusals.ts';
import type { ArnKind, IotRegistry } from '../registry/registry.ts';
import { nameInArn } from '../registry/resource-name.ts';

const collections = (registry: IotRegistry): readonly (readonly [ArnKind, ReadonlyMap<string, unknown>])[] => [
  ['policy', registry.policies],
  ['cacert', registry.caCertificates],
  ['thingtype', registry.thingTypes],
  ['thinggroup', registry.thingGroups],
  ['provisioningtemplate', registry.provisioningTemplates],
  ['rule', registry.topicRules],
  ['authorizer', registry.authorizers],
  // Their ARNs end in a suffix, not in the name.
  [
    'domainconfiguration',
    new Map([...registry.domainConfigurations.values()].map(({ name, arn }) => [`${name}${arn.slice(arn.lastIndexOf('/'))}`, arn])),
  ],
];

/** Refuses an ARN of a kind that has no tags (things and certificates, DG:tagging-iot), or of nothing. */
export const checkTaggable = (registry: IotRegistry, resourceArn: string): void => {
  for (const [kind, entries] of collections(registry)) {
    const name = nameInArn(registry, kind, resourceArn);
    if (name === undefined) continue;
    if (!entries.has(name)) throw notFound(`Resource ${resourceArn} cannot be found.`);
    return;
  }
  throw invalidRequest(`Resource ${resourceArn} cannot have tags.`);
};
