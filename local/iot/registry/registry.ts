import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Randomness } from '../certificate-authority/certificate-authority.ts';
import { LinkTable } from './link-table.ts';
import type { Certificate, CertificateStatus, Policy, ProvisioningTemplate, Thing, ThingGroup, ThingType, TopicRule } from './records.ts';

export type ThingPrincipalType = 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING';

export type CertificateListener = (certificateId: string, status: CertificateStatus | 'DELETED') => void;

/**
 * Everything that AWS IoT Core's registry of one account knows, in memory. Operations change it synchronously, so that
 * each is atomic.
 */
export interface IotRegistry {
  readonly account: Account;
  readonly clock: Clock;
  readonly things: Map<string, Thing>;
  readonly thingTypes: Map<string, ThingType>;
  readonly thingGroups: Map<string, ThingGroup>;
  /** By certificate id. */
  readonly certificates: Map<string, Certificate>;
  readonly policies: Map<string, Policy>;
  readonly provisioningTemplates: Map<string, ProvisioningTemplate>;
  readonly topicRules: Map<string, TopicRule>;
  /** Target (certificate ARN, thing-group ARN or Cognito identity) to policy name. */
  readonly policyAttachments: LinkTable<true>;
  /** Thing name to principal ARN. */
  readonly thingPrincipals: LinkTable<ThingPrincipalType>;
  /** Thing name to thing-group name. */
  readonly groupMemberships: LinkTable<true>;
  /** Tags by resource ARN. */
  readonly tags: Map<string, Map<string, string>>;
  readonly certificateListeners: Set<CertificateListener>;
  /** A fresh UUID. */
  newId(): string;
  /** `arn:aws:iot:<region>:<account>:<kind>/<name>` */
  arn(kind: ArnKind, name: string): string;
}

export type ArnKind = 'thing' | 'thingtype' | 'thinggroup' | 'cert' | 'policy' | 'provisioningtemplate' | 'rule';

// RFC 9562 §5.4, from the injected randomness so that a seeded run repeats itself.
const uuidFrom = (randomness: Randomness): string => {
  const bytes = randomness(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const createRegistry = (options: {
  readonly account: Account;
  readonly clock: Clock;
  readonly randomness: Randomness;
}): IotRegistry => ({
  account: options.account,
  clock: options.clock,
  things: new Map(),
  thingTypes: new Map(),
  thingGroups: new Map(),
  certificates: new Map(),
  policies: new Map(),
  provisioningTemplates: new Map(),
  topicRules: new Map(),
  policyAttachments: new LinkTable(),
  thingPrincipals: new LinkTable(),
  groupMemberships: new LinkTable(),
  tags: new Map(),
  certificateListeners: new Set(),
  newId: () => uuidFrom(options.randomness),
  arn: (kind, name) => arnOf(options.account, 'iot', `${kind}/${name}`),
});
