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

export interface Certificate {
  readonly certificateId: string;
  readonly certificatePem: string;
  readonly status: CertificateStatus;
  /** `SNI_ONLY` for a certificate registered without its authority. */
  readonly mode: 'DEFAULT' | 'SNI_ONLY';
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
