import type { CheckName } from '../audit-checks.data.ts';
import { type AuditCheck, nothingToCheck } from './audit-check.ts';
import { authorityCertificateExpiring, deviceCertificateAge, deviceCertificateExpiring } from './certificate-life.ts';
import { certificateShared, conflictingClientIds } from './connection-checks.ts';
import { authorityKeyQuality, deviceKeyQuality } from './key-quality.ts';
import { loggingDisabled } from './logging-disabled.ts';
import { policyMisconfigured } from './policy-misconfiguration.ts';
import { policyOverlyPermissive } from './policy-permissiveness.ts';
import { revokedAuthority, revokedDeviceCertificate, revokedIntermediate } from './revocation-checks.ts';

/** Each check by its name. The account has no identity pools and no role aliases: nobody can make any here. */
export const checkTable: Readonly<Record<CheckName, AuditCheck>> = {
  AUTHENTICATED_COGNITO_ROLE_OVERLY_PERMISSIVE_CHECK: nothingToCheck,
  CA_CERTIFICATE_EXPIRING_CHECK: authorityCertificateExpiring,
  CA_CERTIFICATE_KEY_QUALITY_CHECK: authorityKeyQuality,
  CONFLICTING_CLIENT_IDS_CHECK: conflictingClientIds,
  DEVICE_CERTIFICATE_AGE_CHECK: deviceCertificateAge,
  DEVICE_CERTIFICATE_EXPIRING_CHECK: deviceCertificateExpiring,
  DEVICE_CERTIFICATE_KEY_QUALITY_CHECK: deviceKeyQuality,
  DEVICE_CERTIFICATE_SHARED_CHECK: certificateShared,
  INTERMEDIATE_CA_REVOKED_FOR_ACTIVE_DEVICE_CERTIFICATES_CHECK: revokedIntermediate,
  IOT_POLICY_OVERLY_PERMISSIVE_CHECK: policyOverlyPermissive,
  IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK: policyMisconfigured,
  IOT_ROLE_ALIAS_ALLOWS_ACCESS_TO_UNUSED_SERVICES_CHECK: nothingToCheck,
  IOT_ROLE_ALIAS_OVERLY_PERMISSIVE_CHECK: nothingToCheck,
  LOGGING_DISABLED_CHECK: loggingDisabled,
  REVOKED_CA_CERTIFICATE_STILL_ACTIVE_CHECK: revokedAuthority,
  REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK: revokedDeviceCertificate,
  UNAUTHENTICATED_COGNITO_ROLE_OVERLY_PERMISSIVE_CHECK: nothingToCheck,
};
