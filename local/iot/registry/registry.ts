import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Randomness } from '../certificate-authority/certificate-authority.ts';
import { EventConfigurations } from '../events/event-configurations.ts';
import { LoggingSettings } from '../logging/logging-settings.ts';
import type { Authorizer } from './authorizer.ts';
import type { CertificateProvider } from './certificate-provider.ts';
import type { DomainConfiguration } from './domain-configuration.ts';
import { LinkTable } from './link-table.ts';
import { ObservedMap } from './observed-map.ts';
import type { RegistryChange, RegistryListener } from './registry-changes.ts';
import type {
  CaCertificate,
  Certificate,
  CertificateStatus,
  Policy,
  ProvisioningTemplate,
  Thing,
  ThingGroup,
  ThingType,
  TopicRule,
} from './records.ts';

export type ThingPrincipalType = 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING';

/**
 * Which account holds an authority in mode DEFAULT, by region, subject and key: only one account of a region may
 * (DG:manage-your-CA-certs). Shared by all accounts of one local AWS.
 */
export type CaHolders = Map<string, string>;

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
  /** By certificate id. */
  readonly caCertificates: Map<string, CaCertificate>;
  readonly caHolders: CaHolders;
  /** 64 hex digits, or undefined until somebody asks for it. */
  registrationCode: string | undefined;
  readonly policies: Map<string, Policy>;
  readonly provisioningTemplates: Map<string, ProvisioningTemplate>;
  readonly topicRules: Map<string, TopicRule>;
  readonly authorizers: Map<string, Authorizer>;
  /** One at most. */
  readonly certificateProviders: Map<string, CertificateProvider>;
  /** Which authorizer is asked where nobody names one. */
  readonly defaultAuthorizer: { name: string | undefined };
  /** Those that the account made; its default endpoints are not among them. */
  readonly domainConfigurations: Map<string, DomainConfiguration>;
  /** Target (certificate ARN, thing-group ARN or Cognito identity) to policy name. */
  readonly policyAttachments: LinkTable<true>;
  /** Thing name to principal ARN. */
  readonly thingPrincipals: LinkTable<ThingPrincipalType>;
  /** Thing name to thing-group name. */
  readonly groupMemberships: LinkTable<true>;
  /** Tags by resource ARN. */
  readonly tags: Map<string, Map<string, string>>;
  readonly certificateListeners: Set<CertificateListener>;
  /** Told of every change to things, thing types, thing groups and memberships. */
  readonly changeListeners: Set<RegistryListener>;
  readonly eventConfigurations: EventConfigurations;
  readonly logging: LoggingSettings;
  /** A fresh UUID. */
  newId(): string;
  /** A fresh registration code: 64 hex digits. */
  newRegistrationCode(): string;
  /** `arn:aws:iot:<region>:<account>:<kind>/<name>` */
  arn(kind: ArnKind, name: string): string;
}

export type ArnKind =
  | 'thing'
  | 'thingtype'
  | 'thinggroup'
  | 'cert'
  | 'cacert'
  | 'policy'
  | 'provisioningtemplate'
  | 'rule'
  | 'job'
  | 'authorizer'
  | 'certificateprovider'
  | 'domainconfiguration'
  | 'scheduledaudit'
  | 'mitigationaction'
  | 'securityprofile';

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
  readonly caHolders?: CaHolders | undefined;
}): IotRegistry => {
  const changeListeners = new Set<RegistryListener>();
  const announce = (change: RegistryChange): void => {
    for (const listener of changeListeners) listener(change);
  };
  return {
    account: options.account,
    clock: options.clock,
    things: new ObservedMap((before, after) => {
      announce({ kind: 'thing', before, after });
    }),
    thingTypes: new ObservedMap((before, after) => {
      announce({ kind: 'thing-type', before, after });
    }),
    thingGroups: new ObservedMap((before, after) => {
      announce({ kind: 'thing-group', before, after });
    }),
    certificates: new Map(),
    caCertificates: new Map(),
    caHolders: options.caHolders ?? new Map<string, string>(),
    registrationCode: undefined,
    policies: new Map(),
    provisioningTemplates: new Map(),
    topicRules: new Map(),
    authorizers: new Map(),
    certificateProviders: new Map(),
    defaultAuthorizer: { name: undefined },
    domainConfigurations: new Map(),
    policyAttachments: new LinkTable(),
    thingPrincipals: new LinkTable(),
    groupMemberships: new LinkTable((thingName, thingGroupName, isMember) => {
      announce({ kind: 'membership', thingName, thingGroupName, isMember });
    }),
    tags: new Map(),
    certificateListeners: new Set(),
    changeListeners,
    eventConfigurations: new EventConfigurations(options.clock),
    logging: new LoggingSettings(),
    newId: () => uuidFrom(options.randomness),
    newRegistrationCode: () => options.randomness(32).toString('hex'),
    arn: (kind, name) => arnOf(options.account, 'iot', `${kind}/${name}`),
  };
};
