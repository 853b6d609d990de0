import type { CertificateId } from './identifiers.ts';

/** A CloudFormation stack as it is. */
export interface StackState {
  /** E.g. `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly reason?: string;
}

/** Something that a stack made. */
export interface StackResource {
  readonly stack: string;
  readonly logicalId: string;
  /** Its name, ARN or URL, as its type has it. */
  readonly physicalId: string;
  /** E.g. `AWS::IoT::Policy`. */
  readonly type: string;
}

/** Something that is no longer as its stack made it. */
export interface Drift {
  readonly logicalId: string;
  readonly type: string;
  readonly how: 'changed' | 'deleted';
  /** Paths of what is different. */
  readonly properties: readonly string[];
}

/** CloudFormation, read. */
export interface StackReads {
  /** Undefined when there is none of that name. */
  stack(name: string): Promise<StackState | undefined>;
  resources(stack: string): Promise<readonly StackResource[]>;
  /** The template that a stack was deployed from, as JSON text. */
  template(stack: string): Promise<string>;
  /** What CloudFormation finds where it can look; takes seconds to minutes. */
  drift(stack: string): Promise<readonly Drift[]>;
}

/** A provisioning template as AWS IoT has it. */
export interface TemplateState {
  readonly arn: string;
  readonly isEnabled: boolean;
  /** ARN of the function that is asked; undefined when none is. */
  readonly hook?: string;
  /** What devices are provisioned by: the body of the default version. */
  readonly body: string;
  readonly defaultVersion?: number;
}

/** Names that AWS IoT knows and that begin alike, by what has them. */
export type NamesInUse = Readonly<Record<'provisioning template' | 'policy' | 'thing group' | 'thing type', readonly string[]>>;

/** A host name at which devices connect, beside those of the account. */
export interface DomainConfigurationState {
  readonly name: string;
  readonly hostName: string;
  readonly isEnabled: boolean;
  /** Whether AWS IoT chose the host name, and keeps it for a time. */
  readonly isManaged: boolean;
  /** When it was enabled or disabled, in milliseconds since the epoch. */
  readonly statusChangedAt: number;
}

/** An authorizer as AWS IoT has it. */
export interface AuthorizerState {
  readonly arn: string;
  readonly isActive: boolean;
  /** ARN of the function that decides. */
  readonly functionArn: string;
}

/** A key as KMS has it. */
export interface KeyState {
  readonly id: string;
  /** E.g. `Enabled`, `Disabled`, `PendingDeletion`. */
  readonly state: string;
  /** When it is deleted, in milliseconds since the epoch. */
  readonly deletesAt?: number;
}

/** A certificate authority as AWS Private CA has it. */
export interface AuthorityState {
  /** E.g. `ACTIVE`, `DISABLED`, `PENDING_CERTIFICATE`. */
  readonly status: string;
  /** `GENERAL_PURPOSE` or `SHORT_LIVED_CERTIFICATE`. */
  readonly mode: string;
  /** Milliseconds since the epoch; 0 where it has no certificate yet. */
  readonly expiresAt: number;
}

/** The account's audits of Device Defender. */
export interface Audits {
  /** Somebody has handed them a role: without one there are none. */
  readonly isConfigured: boolean;
  /** The checks that are enabled. */
  readonly enabled: readonly string[];
}

/** What goes for everybody in an account and region. */
export interface AccountSwitches {
  /** Names of functions that sign in place of AWS IoT. */
  certificateProviders(): Promise<readonly string[]>;
  /** Undefined when there is none. */
  defaultAuthorizer(): Promise<string | undefined>;
  /** The kinds of registry events that are on. */
  registryEvents(): Promise<readonly string[]>;
  /** Undefined when nothing is logged. */
  logging(): Promise<{ readonly level: string; readonly role?: string } | undefined>;
  /** The log group that entries of refused messages go to, which are of the level ERROR; undefined where none are written. */
  refusedPublishLog(): Promise<string | undefined>;
  audits(): Promise<Audits>;
  /** Those that AWS does not bring with it. */
  domainConfigurations(): Promise<readonly DomainConfigurationState[]>;
}

/** AWS IoT, read. */
export interface IotReads extends AccountSwitches {
  /** Host name of the data endpoint. */
  endpoint(): Promise<string>;
  namesInUse(prefix: string): Promise<NamesInUse>;
  /** Names of all templates of fleet provisioning, whosever they are. */
  templateNames(): Promise<readonly string[]>;
  /** Undefined when there is none of that name. */
  template(name: string): Promise<TemplateState | undefined>;
  /** Undefined when there is none of that name. */
  authorizer(name: string): Promise<AuthorizerState | undefined>;
  /** Names of the policies that are attached to a thing group itself; undefined when there is no such group. */
  groupPolicies(group: string): Promise<readonly string[] | undefined>;
  /** Undefined when there is none of that name. */
  isTopicRuleEnabled(name: string): Promise<boolean | undefined>;
  /** E.g. `ACTIVE`; `GONE` when there is none. */
  certificateStatus(certificateId: CertificateId): Promise<string>;
}

/** A queue as SQS has it. */
export interface QueueState {
  readonly messages: number;
  /** Whether it is where other queues put what they could not deliver. */
  readonly isForDeadLetters: boolean;
}

/** A trail of CloudTrail. */
export interface TrailState {
  readonly name: string;
  /** Whether digests are kept of its files, so that a change of one shows. */
  readonly isValidated: boolean;
}

/** What carries events, messages and alarms, read. */
export interface MessageReads {
  /** Undefined when there is none of that name. */
  isEventRuleEnabled(name: string): Promise<boolean | undefined>;
  /** Undefined when there is none there. */
  queue(url: string): Promise<QueueState | undefined>;
  subscriptions(topicArn: string): Promise<readonly { readonly endpoint: string; readonly isConfirmed: boolean }[]>;
  /** All whose names begin so, and the state of each, e.g. `ALARM`. */
  alarms(prefix: string): Promise<ReadonlyMap<string, string>>;
}

/** What an account allows, read. */
export interface LimitReads {
  /** Function calls at a time: of the account, and what no function has to itself. */
  concurrency(): Promise<{ readonly total: number; readonly unreserved: number }>;
  /** By their names; of AWS IoT. */
  iotQuotas(): Promise<ReadonlyMap<string, number>>;
}

/** An account and region as whoever looks may see it. Every method rejects with what AWS answers. */
export interface AccountReads extends MessageReads, LimitReads {
  /** Whose credentials these are. */
  caller(): Promise<{ readonly accountId: string; readonly arn: string; readonly region: string }>;
  /** Of the CDK's bootstrap stack; undefined when it was never deployed here. */
  bootstrapVersion(): Promise<number | undefined>;
  /** Whether IAM has a managed policy. */
  hasManagedPolicy(arn: string): Promise<boolean>;
  /** By its id or alias; undefined when there is none. */
  key(idOrAlias: string): Promise<KeyState | undefined>;
  /** By its ARN; undefined when there is none. */
  authority(arn: string): Promise<AuthorityState | undefined>;
  /** The resource policy of a function, version or alias, as JSON text; undefined when nobody is let in. */
  functionPolicy(arn: string): Promise<string | undefined>;
  /** Those that log calls which change something in this account and region. */
  trails(): Promise<readonly TrailState[]>;
  readonly stacks: StackReads;
  readonly iot: IotReads;
}
