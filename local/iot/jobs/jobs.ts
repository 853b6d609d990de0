import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { RegistryChange } from '../registry/registry-changes.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { watchExecutionTimes } from './execution-timers.ts';
import { type ExecutionStatus, isPending, type Job, type JobExecution } from './job.ts';
import { type ExecutionUpdate, mustAbort, updated } from './job-rules.ts';
import { JobStore } from './job-store.ts';
import { thingsOf } from './job-targets.ts';
import { Rollout } from './rollout.ts';

export interface JobsPorts {
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
}

export interface Cancellation {
  /** Whether executions that run are cancelled, too. */
  readonly isForced: boolean;
  readonly reasonCode?: string | undefined;
  readonly comment?: string | undefined;
}

/** AWS IoT Jobs of one account: what operations and devices change, and what follows from it. They judge; this performs. */
export class Jobs {
  readonly store = new JobStore();
  readonly #registry: IotRegistry;
  readonly #behaviour: IotBehaviour;
  readonly #rollout: Rollout;

  constructor({ registry, behaviour }: JobsPorts) {
    this.#registry = registry;
    this.#behaviour = behaviour;
    this.#rollout = new Rollout({
      registry,
      behaviour,
      store: this.store,
      onTold: (jobId) => {
        this.#completeIfDone(jobId);
      },
    });
    this.store.listeners.add(
      watchExecutionTimes(registry.clock, (execution) => {
        this.update(execution, { status: 'TIMED_OUT' });
      }),
    );
    registry.changeListeners.add((change) => {
      this.#followRegistry(change);
    });
  }

  create(job: Job): void {
    this.store.putJob(job);
    this.#rollout.begin(job);
  }

  /** The targets that the job has still to be brought to. */
  processingTargets({ jobId, targets }: Job): readonly string[] {
    return this.#rollout.isDone(jobId) ? [] : targets;
  }

  cancel(job: Job, { isForced, reasonCode, comment }: Cancellation): void {
    this.#rollout.stop(job.jobId);
    const nowMs = this.#registry.clock.now();
    this.store.putJob({
      ...job,
      ...{ status: 'CANCELED', isForceCanceled: isForced, reasonCode, comment, lastUpdatedAt: nowMs, completedAt: nowMs },
    });
    const ended: readonly ExecutionStatus[] = isForced ? ['QUEUED', 'IN_PROGRESS'] : ['QUEUED'];
    for (const execution of this.store.executionsOf(job.jobId)) {
      if (ended.includes(execution.status)) this.cancelExecution(execution, { isForced });
    }
  }

  cancelExecution(execution: JobExecution, { isForced, ...update }: Pick<Cancellation, 'isForced'> & Partial<ExecutionUpdate>): void {
    this.update({ ...execution, isForceCanceled: isForced }, { ...update, status: 'CANCELED' });
  }

  /** The execution after it. */
  update(execution: JobExecution, update: ExecutionUpdate): JobExecution {
    const job = this.store.jobs.get(execution.jobId);
    if (job === undefined) return execution;
    const after = updated(job, execution, { ...update, nowMs: this.#registry.clock.now() });
    this.store.putExecution(after);
    if (!isPending(after)) this.#settle(after.jobId);
    return after;
  }

  deleteExecution(execution: JobExecution): void {
    this.store.removeExecution(execution);
    this.#completeIfDone(execution.jobId);
  }

  delete(job: Job): void {
    this.#rollout.stop(job.jobId);
    this.store.putJob({ ...job, status: 'DELETION_IN_PROGRESS', lastUpdatedAt: this.#registry.clock.now() });
    this.#registry.clock.setTimer(() => {
      this.store.removeJob(job.jobId);
      this.#registry.tags.delete(this.#registry.arn('job', job.jobId));
    }, this.#behaviour['jobs.deletion-ms']);
  }

  /** What an execution that ended means for its job. */
  #settle(jobId: string): void {
    const job = this.store.jobs.get(jobId);
    if (job?.status !== 'IN_PROGRESS') return;
    if (mustAbort(this.store, job)) this.cancel(job, { isForced: this.#behaviour['jobs.abort-cancels'] === 'queued-and-running' });
    else this.#completeIfDone(jobId);
  }

  /** "A snapshot job is complete when every thing has reported a terminal state" (DG:iot-jobs-lifecycle); a continuous one never is. */
  #completeIfDone(jobId: string): void {
    const job = this.store.jobs.get(jobId);
    if (job?.status !== 'IN_PROGRESS' || job.targetSelection === 'CONTINUOUS' || !this.#rollout.isDone(jobId)) return;
    if (this.store.countOf(jobId, 'QUEUED', 'IN_PROGRESS') > 0) return;
    const nowMs = this.#registry.clock.now();
    this.#rollout.stop(jobId);
    this.store.putJob({ ...job, status: 'COMPLETED', completedAt: nowMs, lastUpdatedAt: nowMs });
  }

  #followRegistry(change: RegistryChange): void {
    if (change.kind === 'membership') this.#followMembers(change.thingName);
    if (change.kind === 'thing' && change.before !== undefined && change.after === undefined) this.#removeThing(change.before.thingName);
  }

  #removeThing(thingName: string): void {
    for (const job of this.store.jobs.values()) this.#rollout.forget(job.jobId, thingName);
    for (const execution of this.store.pendingFor(thingName)) this.update(execution, { status: 'REMOVED' });
  }

  /** Continuous jobs are for whoever comes into their groups, as long as he stays (DG:iot-jobs). */
  #followMembers(thingName: string): void {
    for (const job of this.store.jobs.values()) {
      if (job.status !== 'IN_PROGRESS' || job.targetSelection !== 'CONTINUOUS') continue;
      if (thingsOf(this.#registry, job.targets).has(thingName)) this.#rollout.add(job, [thingName]);
      else this.#leave(job, thingName);
    }
  }

  #leave({ jobId }: Job, thingName: string): void {
    this.#rollout.forget(jobId, thingName);
    const execution = this.store.execution(thingName, jobId);
    if (execution?.status === 'QUEUED') this.update(execution, { status: 'REMOVED' });
  }
}
