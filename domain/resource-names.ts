import type { LineName, TenantName } from './identifiers.ts';

/** AWS IoT allows 36 characters in the name of a provisioning template. */
export const MAX_TEMPLATE_NAME_LENGTH = 36;

/** The names of the AWS IoT resources that one deployment owns. All are computed here, so that no two programs disagree. */
export const resourceNames = (prefix: string) => ({
  template: (line: LineName) => `${prefix}-${line}`,
  thingType: (line: LineName) => `${prefix}-${line}`,
  devicePolicy: (line: LineName) => `${prefix}-device-${line}`,
  claimPolicy: (line: LineName) => `${prefix}-claim-${line}`,
  lineGroup: (line: LineName) => `${prefix}-line-${line}`,
  /** A group below a line's own. The colon keeps it from being the group of a line whose name ends like this one. */
  allocationGroup: (line: LineName, group: string) => `${prefix}-line-${line}:${group}`,
  tenantGroup: (tenant: TenantName) => `${prefix}-tenant-${tenant}`,
  tenantPolicy: (tenant: TenantName) => `${prefix}-tenant-${tenant}`,
  quarantineGroup: `${prefix}-quarantine`,
  quarantinePolicy: `${prefix}-quarantine`,
  probationGroup: `${prefix}-probation`,
  probationPolicy: `${prefix}-probation`,
  /** Who signs in place of AWS IoT; the account and region have one. */
  certificateProvider: `${prefix}-certificate-provider`,
  /** The authorizer that judges devices of an approach. Devices name it when they connect. */
  authorizer: (approach: string) => `${prefix}-${approach}`,
  /** The alias, in KMS, of what the keys of a line's devices derive from. */
  masterKey: (line: LineName, version: number) => `alias/${prefix}-psk-${line}-${version}`,
  /** Those of all lines and versions, as IAM matches them. */
  masterKeys: `alias/${prefix}-psk-*`,
  /** The managed policy of IAM that opens a scope to somebody. */
  operatorPolicy: (scope: string) => `${prefix}-${scope}`,
  /** The audit of Device Defender that runs each day. */
  dailyAudit: `${prefix}-daily`,
  /** What Device Defender takes for usual of devices. */
  securityProfile: `${prefix}-devices`,
  /** What a person applies to a finding of Device Defender to have Muster quarantine its device. */
  mitigationAction: `${prefix}-quarantine`,
  /** Claim connections use this plus 128 random bits as client id; no thing name can begin with it (a thing's has a colon there). */
  claimClientIdPrefix: (line: LineName) => `${prefix}-claim-${line}-`,
});

export type ResourceNames = ReturnType<typeof resourceNames>;
