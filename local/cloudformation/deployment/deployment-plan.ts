import type { ResolvedParameter } from '../template/resolve-parameters.ts';
import type { Properties } from '../resource-provider.ts';
import type { Template, TemplateOutput, TemplateResource } from '../template/template.ts';

/** A resource that a deployment wants, before anything is made. */
export interface PlannedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly template: TemplateResource;
  /** Resolved as far as it goes: what other resources will answer stands as symbols. */
  readonly symbolicProperties: Properties;
  /** The same as anybody may see them: secret parameters (`NoEcho`) are masked. */
  readonly shownProperties: Properties;
  readonly dependencies: readonly string[];
}

/** Everything that is known of a deployment before it starts. */
export interface DeploymentPlan {
  readonly template: Template;
  readonly parameters: readonly ResolvedParameter[];
  readonly conditions: ReadonlyMap<string, boolean>;
  /** In an order in which everything comes after what it needs. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: readonly PlannedOutput[];
  /** Names of exports that it imports and that nobody exports now. */
  readonly missingImports: readonly string[];
}

export interface PlannedOutput {
  readonly key: string;
  readonly template: TemplateOutput;
  readonly symbolicValue: unknown;
}
