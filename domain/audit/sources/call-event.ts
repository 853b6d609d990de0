import * as z from 'zod/mini';
import type { Actor, AuditEvent } from '../../audit-event.ts';
import { type CertificateId, certificateId } from '../../identifiers.ts';
import { type FleetReading, thingParty } from './fleet-parties.ts';
import { type ToldEvent, ofAws } from './told-event.ts';

const members = z.nullish(z.record(z.string(), z.unknown()));

/** A management event of CloudTrail, as far as it is read (CloudTrail User Guide, "CloudTrail record contents"). */
export const managementEvent = z.object({
  eventID: z.string().check(z.regex(/^[\w-]{8,64}$/)),
  eventTime: z.iso.datetime(),
  eventSource: z.string().check(z.regex(/^[a-z0-9.-]{3,64}$/)),
  eventName: z.string().check(z.regex(/^\w{1,100}$/)),
  errorCode: z.optional(z.string()),
  userIdentity: z.object({
    type: z._default(z.string(), ''),
    arn: z.optional(z.string()),
    principalId: z.optional(z.string()),
    invokedBy: z.optional(z.string()),
  }),
  requestParameters: members,
  responseElements: members,
});

type ManagementEvent = z.infer<typeof managementEvent>;

export interface CallReading extends FleetReading {
  /** What the deployment's resources carry in their names or ARNs, e.g. the names of its stacks and its keys' ids. */
  readonly ownMarks: readonly string[];
  /** What the names of its functions' roles begin with. */
  readonly ownRoles: readonly string[];
}

/** Calls of AWS IoT that are about a whole account, or about what has no name of anybody's, such as a certificate. */
const ABOUT_EVERYBODY =
  /Certificate|Principal|LoggingOptions|LoggingLevel|EventConfigurations|IndexingConfiguration|DefaultAuthorizer|EncryptionConfiguration|AccountAuditConfiguration|ProvisioningClaim/;

const CERTIFICATE_ARN = /:cert\/([0-9a-f]{64})$/;

const textsIn = (holder: Readonly<Record<string, unknown>> | null | undefined): readonly (readonly [string, string])[] =>
  Object.entries(holder ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');

const asCertificate = ([name, text]: readonly [string, string]): readonly CertificateId[] => {
  const id = name === 'certificateId' ? text : CERTIFICATE_ARN.exec(text)?.[1];
  const { data } = z.safeParse(certificateId, id);
  return data === undefined ? [] : [data];
};

/** The members by which AWS names what a call is about, the most telling first. */
const NAMING = [
  ...['resourceArn', 'certificateAuthorityArn', 'keyId', 'targetKeyId', 'tableName', 'bucketName', 'functionName', 'roleName', 'policyArn'],
  ...['thingName', 'thingGroupName', 'certificateId', 'policyName', 'templateName', 'ruleName', 'authorizerName', 'target', 'principal'],
  ...['domainConfigurationName', 'certificateProviderName', 'thingTypeName', 'jobId', 'roleArn', 'userName', 'groupName', 'name'],
];

/** 300 characters without controls name anything that AWS has. */
const NAME = /^[\x20-\x7E]{1,300}$/;

const resourceOf = ({ requestParameters }: ManagementEvent): Pick<AuditEvent, 'resource'> => {
  const texts = new Map(textsIn(requestParameters));
  const name = NAMING.map((member) => texts.get(member)).find((text) => text !== undefined && NAME.test(text));
  return name === undefined ? {} : { resource: name };
};

const ownRoleOf = (arn: string | undefined, ownRoles: readonly string[]): string | undefined => {
  const role = /:assumed-role\/([^/]+)/.exec(arn ?? '')?.[1];
  return ownRoles.some((begin) => role?.startsWith(begin)) ? role : undefined;
};

const actorOf = ({ userIdentity: { arn, invokedBy, principalId, type } }: ManagementEvent, { ownRoles }: CallReading): Actor => {
  // A service goes on with what its caller may, and is then no more than the caller's hand.
  if (invokedBy !== undefined && (type === 'AWSService' || type === 'AssumedRole')) return { kind: 'service', name: invokedBy };
  // What Muster's own functions do is a service's doing, whoever caused it.
  const role = ownRoleOf(arn, ownRoles);
  if (role !== undefined) return { kind: 'service', name: role };
  return { kind: 'operator', arn: arn ?? principalId ?? type };
};

const isOurs = (told: ManagementEvent, { prefix, ownMarks, ownRoles }: CallReading): boolean => {
  if (told.eventSource === 'iot.amazonaws.com' && ABOUT_EVERYBODY.test(told.eventName)) return true;
  if (ownRoleOf(told.userIdentity.arn, ownRoles) !== undefined) return true;
  const said = JSON.stringify([told.requestParameters, told.responseElements]);
  const named = [`"${prefix}:`, `"${prefix}-`, `/${prefix}:`, `/${prefix}-`, ...ownMarks, ...ownRoles];
  return named.some((mark) => said.includes(mark));
};

/** A call that changes, or tried to change, what belongs to the deployment; undefined for anybody else's. */
export const callEvent = (told: ManagementEvent, reading: CallReading): ToldEvent | undefined => {
  if (!isOurs(told, reading)) return undefined;
  const texts = [...textsIn(told.requestParameters), ...textsIn(told.responseElements)];
  const [certificate] = texts.flatMap(asCertificate);
  return {
    event: {
      schemaVersion: 1,
      id: `trail-${told.eventID}`,
      at: Date.parse(told.eventTime),
      code: 'aws.called',
      actor: actorOf(told, reading),
      awsService: told.eventSource,
      operation: told.eventName,
      ...resourceOf(told),
      ...(certificate === undefined ? {} : { certificateId: certificate }),
      ...thingParty(reading, texts.find(([name]) => name === 'thingName')?.[1]),
      ...ofAws('awsReason', told.errorCode),
    },
  };
};
