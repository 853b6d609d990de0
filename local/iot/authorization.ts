import { type Account, arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { passRole } from '../iam/access/pass-role.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { VariableReader } from '../iam/access/derive-resources.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';

const arnOfKind = (kind: string, arn: string | undefined): string | undefined => (arn?.includes(`:${kind}/`) === true ? arn : undefined);

/** What stands for a resource in an input: its name, or the ARN that some operation takes in its place. */
const variables: Readonly<Record<string, VariableReader>> = {
  certificate: (input) => textIn(input, 'certificateId') ?? arnOfKind('cert', textIn(input, 'principal', 'target')),
  cacertificate: (input) => textIn(input, 'caCertificateId', 'certificateId'),
  provisioningtemplate: (input) => textIn(input, 'templateName'),
  thinggroupname: (input) => textIn(input, 'thingGroupName') ?? arnOfKind('thinggroup', textIn(input, 'thingGroupArn', 'target')),
  mitigationactionname: (input) => textIn(input, 'actionName'),
  schedulename: (input) => textIn(input, 'scheduledAuditName'),
  thingname: (input) => textIn(input, 'thingName') ?? arnOfKind('thing', textIn(input, 'thingArn')),
  // The end of a domain configuration's ARN is the service's choice.
  id: (input) => (textIn(input, 'domainConfigurationName') === undefined ? undefined : '*'),
};

const resourceArn = (input: OperationInput): readonly string[] => [textIn(input, 'resourceArn') ?? '*'];

/** A job is made for things and groups, whose ARNs its input carries. */
const jobAndTargets =
  (account: Account) =>
  (input: OperationInput): readonly string[] => {
    const { targets } = input;
    const named = Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];
    return [arnOf(account, 'iot', `job/${textIn(input, 'jobId') ?? '*'}`), ...named];
  };

/** Every role in an input, however deep: of a template, of each action of a rule, of a log. */
const rolesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(rolesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([member, inner]) =>
    /^(?:provisioningR|r)oleArn$/.test(member) && typeof inner === 'string' ? [inner] : rolesIn(inner),
  );
};

const passedRoles = (input: OperationInput): readonly AccessRequest[] =>
  [...new Set(rolesIn(input))].flatMap((roleArn) => passRole(roleArn, 'iot.amazonaws.com'));

/** What IAM must allow for AWS IoT's control plane. */
export const iotAuthorization = (account: Account, tagsOf: (arn: string) => Iterable<readonly [string, string]>): ServiceAuthorization => {
  const derived = serviceAuthorization({
    account,
    prefix: 'iot',
    variables,
    resources: {
      CreateJob: jobAndTargets(account),
      ListTagsForResource: resourceArn,
      TagResource: resourceArn,
      UntagResource: resourceArn,
    },
    contextOf: (arn) => resourceTags(tagsOf(arn)),
  });
  return {
    ...derived,
    mappingOf: (operation) => {
      const own = derived.mappingOf(operation);
      return own && ((input) => [...own(input), ...passedRoles(input)]);
    },
  };
};
