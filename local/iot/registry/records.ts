import type { ThingTypeProperties, TopicRulePayload } from '@aws-sdk/client-iot';
import type { ValidInput } from '../valid-input.ts';

/** Registry entries. A change replaces the entry. Times are milliseconds since the epoch; names, ids and ARNs are AWS's. */
export interface Thing {
  readonly thingName: string;
  readonly thingId: string;
  readonly thingTypeName: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: number;
}

export interface ThingType {
  readonly thingTypeName: string;
  readonly thingTypeId: string;
  readonly properties: ValidInput<ThingTypeProperties>;
  readonly createdAt: number;
  readonly deprecatedAt: number | undefined;
}

export interface ThingGroup {
  readonly thingGroupName: string;
  readonly thingGroupId: string;
  readonly parentGroupName: string | undefined;
  readonly description: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly version: number;
}

export type CertificateStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED' | 'PENDING_TRANSFER' | 'REGISTER_INACTIVE' | 'PENDING_ACTIVATION';

/** `SNI_ONLY`: may be registered in several accounts, so that only the endpoint's name tells which is meant. */
export type CertificateMode = 'DEFAULT' | 'SNI_ONLY';

export interface Certificate {
  readonly certificateId: string;
  readonly certificatePem: string;
  readonly status: CertificateStatus;
  readonly mode: CertificateMode;
  /** The registered authority that signed it; undefined for one that AWS IoT signed, or that was registered without its authority. */
  readonly caCertificateId?: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly generationId: string;
}

/** What is done with a certificate of that authority that nobody registered: a template by name, or its body with the role. */
export interface RegistrationConfig {
  readonly templateName?: string | undefined;
  /** JSON text. */
  readonly templateBody?: string | undefined;
  readonly roleArn?: string | undefined;
}

/** An authority of the account's own whose certificates devices may use. */
export interface CaCertificate {
  readonly certificateId: string;
  readonly certificatePem: string;
  /** DER of the subject in hex, by which its certificates name their issuer. */
  readonly subjectKey: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly mode: CertificateMode;
  /** Whether its certificates are registered when devices first show them. */
  readonly autoRegisters: boolean;
  readonly registrationConfig: RegistrationConfig | undefined;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly generationId: string;
}

export interface PolicyVersion {
  readonly versionId: string;
  readonly document: string;
  readonly createdAt: number;
}

export interface Policy {
  readonly policyName: string;
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersionId: string;
  /** Ids are never used twice. */
  readonly lastVersionId: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly generationId: string;
}

export interface ProvisioningTemplateVersion {
  readonly versionId: number;
  readonly templateBody: string;
  readonly createdAt: number;
}

export interface ProvisioningTemplate {
  readonly templateName: string;
  readonly type: 'FLEET_PROVISIONING' | 'JITP';
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly provisioningRoleArn: string;
  readonly hook: { readonly targetArn: string; readonly payloadVersion: string } | undefined;
  /** Oldest first. */
  readonly versions: readonly ProvisioningTemplateVersion[];
  readonly defaultVersionId: number;
  readonly lastVersionId: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface TopicRule {
  readonly ruleName: string;
  readonly payload: ValidInput<TopicRulePayload>;
  readonly createdAt: number;
}
