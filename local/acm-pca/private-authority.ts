import type { ParsedCertificate } from '../iot/certificate-authority/parsed-certificate.ts';
import type { Name } from '@peculiar/asn1-x509';
import type { AuthorityConfiguration, RevocationConfiguration } from './authority-configuration.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface AuthorityCertificate {
  readonly pem: string;
  /** Its issuers, the root last; empty for a root. */
  readonly chainPem: string;
  readonly parsed: ParsedCertificate;
}

export interface Revocation {
  readonly reason: string;
  readonly atMs: number;
}

/** A certificate that an authority issued. */
export interface IssuedCertificate {
  readonly arn: string;
  /** Lower-case hex digits. */
  readonly serial: string;
  readonly pem: string;
  readonly chainPem: string;
  readonly isSelfSigned: boolean;
  /** When it can be fetched. */
  readonly readyAtMs: number;
  revocation: Revocation | undefined;
}

export interface Permission {
  readonly principal: string;
  readonly sourceAccount: string;
  readonly actions: readonly string[];
  readonly createdAtMs: number;
}

/** A certificate authority of ACM Private CA. */
export interface PrivateAuthority {
  readonly arn: string;
  readonly id: string;
  readonly type: 'ROOT' | 'SUBORDINATE';
  readonly usageMode: 'GENERAL_PURPOSE' | 'SHORT_LIVED_CERTIFICATE';
  readonly keyStorageSecurityStandard: string;
  readonly configuration: AuthorityConfiguration;
  readonly subject: Name;
  readonly keys: SigningKeys;
  /** PEM. */
  readonly request: string;
  readonly createdAtMs: number;
  /** When it has been made. */
  readonly readyAtMs: number;
  readonly issued: Map<string, IssuedCertificate>;
  readonly permissions: Map<string, Permission>;
  tags: Map<string, string>;
  revocation: RevocationConfiguration;
  certificate: AuthorityCertificate | undefined;
  isDisabled: boolean;
  changedAtMs: number;
  /** While it can be restored. */
  deletedUntilMs: number | undefined;
  /** JSON text. */
  policy: string | undefined;
}

export type AuthorityStatus = 'CREATING' | 'PENDING_CERTIFICATE' | 'ACTIVE' | 'DISABLED' | 'EXPIRED' | 'DELETED';

/** User Guide, "Private CA lifecycle": deletion hides expiry, expiry hides whether it is disabled. */
export const statusOf = (authority: PrivateAuthority, nowMs: number): AuthorityStatus => {
  if (authority.deletedUntilMs !== undefined) return 'DELETED';
  if (nowMs < authority.readyAtMs) return 'CREATING';
  if (authority.certificate === undefined) return 'PENDING_CERTIFICATE';
  if (nowMs >= authority.certificate.parsed.notAfter) return 'EXPIRED';
  return authority.isDisabled ? 'DISABLED' : 'ACTIVE';
};
