import type { CheckName } from './audit-checks.data.ts';

/** The API's member of each kind of action, of which a mitigation action has one. */
export const mitigationKinds = {
  updateDeviceCertificateParams: 'UPDATE_DEVICE_CERTIFICATE',
  updateCACertificateParams: 'UPDATE_CA_CERTIFICATE',
  addThingsToThingGroupParams: 'ADD_THINGS_TO_THING_GROUP',
  replaceDefaultPolicyVersionParams: 'REPLACE_DEFAULT_POLICY_VERSION',
  enableIoTLoggingParams: 'ENABLE_IOT_LOGGING',
  publishFindingToSnsParams: 'PUBLISH_FINDING_TO_SNS',
} as const;

export type MitigationMember = keyof typeof mitigationKinds;

export type MitigationKind = (typeof mitigationKinds)[MitigationMember];

/** What can be done about findings, as the account has named it. */
export interface MitigationAction {
  readonly actionName: string;
  readonly actionId: string;
  readonly roleArn: string;
  readonly kind: MitigationKind;
  /** The action's parameters as the API has them. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

const certificateActions: readonly MitigationKind[] = ['UPDATE_DEVICE_CERTIFICATE', 'ADD_THINGS_TO_THING_GROUP', 'PUBLISH_FINDING_TO_SNS'];
const authorityActions: readonly MitigationKind[] = ['UPDATE_CA_CERTIFICATE', 'PUBLISH_FINDING_TO_SNS'];
const policyActions: readonly MitigationKind[] = ['REPLACE_DEFAULT_POLICY_VERSION', 'PUBLISH_FINDING_TO_SNS'];
const loggingActions: readonly MitigationKind[] = ['ENABLE_IOT_LOGGING', 'PUBLISH_FINDING_TO_SNS'];
const told: readonly MitigationKind[] = ['PUBLISH_FINDING_TO_SNS'];

const byCheck: Partial<Record<CheckName, readonly MitigationKind[]>> = {
  CA_CERTIFICATE_EXPIRING_CHECK: authorityActions,
  CA_CERTIFICATE_KEY_QUALITY_CHECK: authorityActions,
  REVOKED_CA_CERTIFICATE_STILL_ACTIVE_CHECK: authorityActions,
  DEVICE_CERTIFICATE_AGE_CHECK: certificateActions,
  DEVICE_CERTIFICATE_EXPIRING_CHECK: certificateActions,
  DEVICE_CERTIFICATE_KEY_QUALITY_CHECK: certificateActions,
  DEVICE_CERTIFICATE_SHARED_CHECK: certificateActions,
  REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK: certificateActions,
  IOT_POLICY_OVERLY_PERMISSIVE_CHECK: policyActions,
  IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK: policyActions,
  LOGGING_DISABLED_CHECK: loggingActions,
};

/** Whether an action can be applied to what a check finds (Device Defender developer guide, "Mitigation actions"). */
export const isApplicable = (check: CheckName, kind: MitigationKind): boolean => (byCheck[check] ?? told).includes(kind);
