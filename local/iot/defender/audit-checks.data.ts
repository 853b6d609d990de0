export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';

export interface PublishedCheck {
  readonly severity: Severity;
  /** What the audit's role must be allowed, or the check fails. */
  readonly needs: readonly string[];
  /** A number that the account may set, with its default; all from 30 to 3,652. */
  readonly threshold?: { readonly name: string; readonly days: number };
}

const readsCertificates = ['iot:ListCertificates', 'iot:DescribeCertificate'];
const readsAuthorities = ['iot:ListCACertificates', 'iot:DescribeCACertificate'];
const readsPolicies = ['iot:ListPolicies', 'iot:GetPolicy'];
const readsRoleAliases = ['iot:ListRoleAliases', 'iot:DescribeRoleAlias'];
const readsPools = ['cognito-identity:GetIdentityPoolRoles'];

/** The checks of audits by the API's names (Device Defender developer guide, "Audit checks"), with the permissions that its page on permissions lists. */
export const auditChecks = {
  AUTHENTICATED_COGNITO_ROLE_OVERLY_PERMISSIVE_CHECK: { severity: 'CRITICAL', needs: readsPools },
  CA_CERTIFICATE_EXPIRING_CHECK: { severity: 'MEDIUM', needs: readsAuthorities },
  CA_CERTIFICATE_KEY_QUALITY_CHECK: { severity: 'CRITICAL', needs: readsAuthorities },
  CONFLICTING_CLIENT_IDS_CHECK: { severity: 'HIGH', needs: [] },
  DEVICE_CERTIFICATE_AGE_CHECK: {
    ...{ severity: 'LOW', needs: readsCertificates },
    threshold: { name: 'CERT_AGE_THRESHOLD_IN_DAYS', days: 365 },
  },
  DEVICE_CERTIFICATE_EXPIRING_CHECK: {
    ...{ severity: 'MEDIUM', needs: readsCertificates },
    threshold: { name: 'CERT_EXPIRATION_THRESHOLD_IN_DAYS', days: 30 },
  },
  DEVICE_CERTIFICATE_KEY_QUALITY_CHECK: { severity: 'CRITICAL', needs: readsCertificates },
  DEVICE_CERTIFICATE_SHARED_CHECK: { severity: 'CRITICAL', needs: [] },
  INTERMEDIATE_CA_REVOKED_FOR_ACTIVE_DEVICE_CERTIFICATES_CHECK: { severity: 'CRITICAL', needs: readsCertificates },
  IOT_POLICY_OVERLY_PERMISSIVE_CHECK: { severity: 'CRITICAL', needs: readsPolicies },
  IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK: { severity: 'MEDIUM', needs: readsPolicies },
  IOT_ROLE_ALIAS_ALLOWS_ACCESS_TO_UNUSED_SERVICES_CHECK: { severity: 'MEDIUM', needs: readsRoleAliases },
  IOT_ROLE_ALIAS_OVERLY_PERMISSIVE_CHECK: { severity: 'CRITICAL', needs: readsRoleAliases },
  LOGGING_DISABLED_CHECK: { severity: 'LOW', needs: ['iot:GetLoggingOptions', 'iot:GetV2LoggingOptions'] },
  REVOKED_CA_CERTIFICATE_STILL_ACTIVE_CHECK: { severity: 'CRITICAL', needs: readsAuthorities },
  REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK: { severity: 'MEDIUM', needs: readsCertificates },
  UNAUTHENTICATED_COGNITO_ROLE_OVERLY_PERMISSIVE_CHECK: { severity: 'CRITICAL', needs: readsPools },
} as const satisfies Readonly<Record<string, PublishedCheck>>;

export type CheckName = keyof typeof auditChecks;

export const isCheckName = (name: string): name is CheckName => Object.hasOwn(auditChecks, name);

/** The smallest and the largest threshold that a check takes. */
export const thresholdRange = { min: 30, max: 3652 } as const;
