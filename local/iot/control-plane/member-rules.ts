/** What AWS publishes of a member besides its type (SM: lengths in characters, ranges, patterns, enumerations). */
export interface MemberRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

const registryName: MemberRule = { min: 1, max: 128, pattern: /^[a-zA-Z0-9:_-]+$/ };

const description: MemberRule = { max: 500, pattern: /^[^\p{C}]*$/u };

// \p{Graph} of the model is ASCII's printable characters without the space.
const longDescription: MemberRule = { max: 2028, pattern: /^[\x21-\x7e ]*$/ };

const certificateStatus: MemberRule = {
  values: ['ACTIVE', 'INACTIVE', 'REVOKED', 'PENDING_TRANSFER', 'REGISTER_INACTIVE', 'PENDING_ACTIVATION'],
};

const pageLimit: MemberRule = { min: 1, max: 250 };

/** By member name, for the members of requests; numbers are ranges for numeric members. */
export const requestRules: Readonly<Record<string, MemberRule>> = {
  attributeName: { max: 128, pattern: /^[a-zA-Z0-9_.,@/:#-]+$/ },
  attributeValue: { max: 800, pattern: /^[a-zA-Z0-9_.,@/:#=[\]-]*$/ },
  billingGroupName: registryName,
  certificateId: { min: 64, max: 64, pattern: /^(0x)?[a-fA-F0-9]+$/ },
  certificatePem: { min: 1, max: 65_536 },
  certificateSigningRequest: { min: 1, max: 4096 },
  description,
  endpointType: { max: 128 },
  marker: { max: 1024, pattern: /^[A-Za-z0-9+/]+={0,2}$/ },
  maxResults: pageLimit,
  namePrefixFilter: registryName,
  newStatus: certificateStatus,
  pageSize: pageLimit,
  parentGroup: registryName,
  parentGroupName: registryName,
  policyDocument: { max: 404_600 },
  policyName: { min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ },
  policyVersionId: { pattern: /^[0-9]+$/ },
  provisioningRoleArn: { min: 20, max: 2048 },
  ruleName: { min: 1, max: 128, pattern: /^[a-zA-Z0-9_]+$/ },
  status: certificateStatus,
  templateBody: { max: 10_240 },
  templateName: { min: 1, max: 36, pattern: /^[0-9A-Za-z_-]+$/ },
  thingGroupName: registryName,
  thingName: registryName,
  thingPrincipalType: { values: ['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING'] },
  thingTypeName: registryName,
  type: { values: ['FLEET_PROVISIONING', 'JITP'] },
};

/** By structure and member, for what is nested in a request. */
export const nestedRules: Readonly<Record<string, MemberRule>> = {
  'ProvisioningHook.payloadVersion': { min: 10, max: 32, pattern: /^[0-9-]+$/ },
  'ProvisioningHook.targetArn': { max: 2048 },
  'RepublishAction.qos': { min: 0, max: 1 },
  'Tag.Key': { min: 1, max: 128, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u },
  'Tag.Value': { max: 256, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u },
  'ThingGroupProperties.thingGroupDescription': longDescription,
  'ThingTypeProperties.thingTypeDescription': longDescription,
};
