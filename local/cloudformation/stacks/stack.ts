import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { DeploymentPlan } from '../deployment/deployment-plan.ts';
import type { ChangeSet } from './change-set.ts';
import type { ResourceStatus, StackResource } from './stack-resource.ts';

/** StackStatus of the API reference, as far as it occurs here. */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | `${'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | `${'UPDATE' | 'UPDATE_ROLLBACK'}_COMPLETE_CLEANUP_IN_PROGRESS`;

export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
  readonly timestampMs: number;
  readonly requestToken: string | undefined;
  readonly properties: string | undefined;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** A stack: what was deployed, how it went, and what is on it now. */
export class Stack {
  readonly stackId: string;
  readonly stackName: string;
  readonly createdAtMs: number;
  updatedAtMs: number | undefined;
  deletedAtMs: number | undefined;
  status: StackStatus = 'REVIEW_IN_PROGRESS';
  statusReason: string | undefined;
  description: string | undefined;
  /** The plan last deployed with success, and the text that it came from. */
  plan: DeploymentPlan | undefined;
  templateText = '';
  tags: ReadonlyMap<string, string> = new Map();
  capabilities: readonly string[] = [];
  roleArn: string | undefined;
  isTerminationProtected = false;
  /** In the order of deployment. */
  resources: ReadonlyMap<string, StackResource> = new Map();
  outputs: readonly StackOutput[] = [];
  /** Names of exports of other stacks that this one uses. */
  imports: ReadonlySet<string> = new Set();
  /** The token of the request under way, which its events repeat. */
  requestToken: string | undefined;
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  readonly changeSets = new Map<string, ChangeSet>();
  readonly #clock: Clock;

  constructor(identity: { readonly stackId: string; readonly stackName: string }, clock: Clock) {
    this.stackId = identity.stackId;
    this.stackName = identity.stackName;
    this.#clock = clock;
    this.createdAtMs = clock.now();
  }

  get isInProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  setStatus(status: StackStatus, reason?: string): void {
    this.status = status;
    this.statusReason = reason;
    this.#record({
      logicalId: this.stackName,
      physicalId: this.stackId,
      type: 'AWS::CloudFormation::Stack',
      status,
      reason,
      properties: undefined,
    });
  }

  /** Records what happens to a resource, with the properties by which it is made or changed. */
  recordResource(
    resource: Pick<StackResource, 'logicalId' | 'type' | 'shownProperties'> & { readonly physicalId?: string },
    status: ResourceStatus,
    reason?: string,
  ): void {
    const { logicalId, type, shownProperties } = resource;
    this.#record({ logicalId, physicalId: resource.physicalId ?? '', type, status, reason, properties: JSON.stringify(shownProperties) });
  }

  #record(event: Omit<StackEvent, 'eventId' | 'timestampMs' | 'requestToken'>): void {
    // Clients order events by their time stamps, so that no two of a stack may share one.
    const timestampMs = Math.max(this.#clock.now(), (this.events.at(-1)?.timestampMs ?? 0) + 1);
    this.events.push({ ...event, eventId: randomUUID(), timestampMs, requestToken: this.requestToken });
  }
}
