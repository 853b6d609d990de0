import type { TemplateResource } from '../template/template.ts';
import type { Properties, ResourceState } from '../resource-provider.ts';

export type ResourceStatus = `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}` | 'DELETE_SKIPPED';

/** A resource that a stack has, as it was last deployed. */
export interface StackResource extends ResourceState {
  readonly logicalId: string;
  readonly type: string;
  /** Resolved. */
  readonly properties: Properties;
  /** The same as anybody may see them: secrets are masked. */
  readonly shownProperties: Properties;
  /** Logical ids of what it refers to or names in `DependsOn`. */
  readonly dependencies: readonly string[];
  readonly template: TemplateResource;
  readonly status: ResourceStatus;
  readonly statusReason?: string | undefined;
  readonly updatedAtMs: number;
}
