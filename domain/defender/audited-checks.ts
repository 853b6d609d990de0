/**
 * The checks of AWS IoT Device Defender that look at what a deployment has: everything but the checks of Amazon Cognito and of role
 * aliases, which it does not use (Device Defender developer guide, "Audit checks").
 */
export const auditedChecks = [
  'CA_CERTIFICATE_EXPIRING_CHECK',
  'CA_CERTIFICATE_KEY_QUALITY_CHECK',
  'CONFLICTING_CLIENT_IDS_CHECK',
  'DEVICE_CERTIFICATE_AGE_CHECK',
  'DEVICE_CERTIFICATE_EXPIRING_CHECK',
  'DEVICE_CERTIFICATE_KEY_QUALITY_CHECK',
  'DEVICE_CERTIFICATE_SHARED_CHECK',
  'INTERMEDIATE_CA_REVOKED_FOR_ACTIVE_DEVICE_CERTIFICATES_CHECK',
  'IOT_POLICY_OVERLY_PERMISSIVE_CHECK',
  'IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK',
  'LOGGING_DISABLED_CHECK',
  'REVOKED_CA_CERTIFICATE_STILL_ACTIVE_CHECK',
  'REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK',
] as const;

type AuditedCheck = (typeof auditedChecks)[number];

/** True by design of the certificates of claims, which whole batches share. */
export const SHARED_USE_CHECK: AuditedCheck = 'DEVICE_CERTIFICATE_SHARED_CHECK';

/** What says that a credential is in other hands, or may be; what only grows old does not. */
const compromising: readonly string[] = [
  SHARED_USE_CHECK,
  'DEVICE_CERTIFICATE_KEY_QUALITY_CHECK',
  'REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK',
] satisfies readonly AuditedCheck[];

/** Whether a finding of that check is a reason to cut a device off, where its line wants that. */
export const isCompromising = (check: string): boolean => compromising.includes(check);
