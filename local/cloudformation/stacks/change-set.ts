import type { DeploymentPlan } from '../deployment/deployment-plan.ts';
import type { ResourceChange } from '../deployment/plan-changes.ts';

/** A change set: a plan, what it would change, and whether that was done. */
export interface ChangeSet {
  readonly changeSetId: string;
  readonly changeSetName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason: string | undefined;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  readonly changes: readonly ResourceChange[];
  readonly deployment: DeploymentRequest;
}

/** What a stack is to become. */
export interface DeploymentRequest {
  readonly plan: DeploymentPlan;
  readonly templateText: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly capabilities: readonly string[];
  readonly roleArn: string | undefined;
}
