import { invalidRequest, notFound } from '../refusals.ts';
import type { ArnKind } from '../registry/registry.ts';
import { nameInArn } from '../registry/resource-name.ts';
import type { IotServices } from './operation.ts';

type Tagged = Pick<IotServices, 'registry' | 'jobs' | 'defender'>;

const collections = ({ registry, jobs, defender }: Tagged): readonly (readonly [ArnKind, ReadonlyMap<string, unknown>])[] => [
  ['policy', registry.policies],
  ['cacert', registry.caCertificates],
  ['thingtype', registry.thingTypes],
  ['thinggroup', registry.thingGroups],
  ['provisioningtemplate', registry.provisioningTemplates],
  ['rule', registry.topicRules],
  ['job', jobs.store.jobs],
  ['authorizer', registry.authorizers],
  ['certificateprovider', registry.certificateProviders],
  ['mitigationaction', defender.mitigationActions],
  ['securityprofile', defender.detection.profiles],
  ['scheduledaudit', new Map(defender.scheduledAudits.all().map((audit) => [audit.name, audit]))],
  // Their ARNs end in a suffix, not in the name.
  [
    'domainconfiguration',
    new Map([...registry.domainConfigurations.values()].map(({ name, arn }) => [`${name}${arn.slice(arn.lastIndexOf('/'))}`, arn])),
  ],
];

/** Refuses an ARN of a kind that has no tags (things and certificates, DG:tagging-iot), or of nothing. */
export const checkTaggable = (services: Tagged, resourceArn: string): void => {
  for (const [kind, entries] of collections(services)) {
    const name = nameInArn(services.registry, kind, resourceArn);
    if (name === undefined) continue;
    if (!entries.has(name)) throw notFound(`Resource ${resourceArn} cannot be found.`);
    return;
  }
  throw invalidRequest(`Resource ${resourceArn} cannot have tags.`);
};
