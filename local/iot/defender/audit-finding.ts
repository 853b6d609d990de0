import type { CheckName, Severity } from './audit-checks.data.ts';

export type ResourceType = 'ACCOUNT_SETTINGS' | 'CA_CERTIFICATE' | 'CLIENT_ID' | 'DEVICE_CERTIFICATE' | 'IOT_POLICY' | 'ISSUER_CERTIFICATE';

/** Members of the API's ResourceIdentifier, by which findings are filtered and suppressed. */
export type ResourceIdentifier = Readonly<Record<string, unknown>>;

export interface AuditedResource {
  readonly resourceType: ResourceType;
  readonly resourceIdentifier: ResourceIdentifier;
  readonly additionalInfo?: Readonly<Record<string, string>>;
}

/** What a check says of one resource. */
export interface NonCompliance {
  readonly resource: AuditedResource;
  readonly reasonCode: string;
  readonly reason: string;
  readonly related?: readonly AuditedResource[];
}

/** A finding of an audit, as long as it is kept. */
export interface AuditFinding extends NonCompliance {
  readonly findingId: string;
  readonly taskId: string;
  readonly checkName: CheckName;
  readonly severity: Severity;
  /** Milliseconds since the epoch. */
  readonly taskStartedAt: number;
  readonly foundAt: number;
  readonly isSuppressed: boolean;
}

/** Whether a resource is the one that those members name. */
export const isNamedBy = (resource: ResourceIdentifier, named: ResourceIdentifier): boolean =>
  Object.entries(named).every(([member, value]) => JSON.stringify(resource[member]) === JSON.stringify(value));

const resourceView = ({ resourceType, resourceIdentifier, additionalInfo }: AuditedResource) => ({
  ...{ resourceType, resourceIdentifier, additionalInfo: additionalInfo ?? {} },
});

/** As ListAuditFindings answers it. */
export const findingView = (finding: AuditFinding) => ({
  ...{ findingId: finding.findingId, taskId: finding.taskId, checkName: finding.checkName, severity: finding.severity },
  ...{ taskStartTime: new Date(finding.taskStartedAt), findingTime: new Date(finding.foundAt) },
  nonCompliantResource: resourceView(finding.resource),
  relatedResources: (finding.related ?? []).map(resourceView),
  ...{ reasonForNonCompliance: finding.reason, reasonForNonComplianceCode: finding.reasonCode, isSuppressed: finding.isSuppressed },
});
