import type { Timer } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { thingsOf } from './job-targets.ts';
import { ratePerMinute } from './rollout-rate.ts';

interface Progress {
  /** Things that were not told yet. */
  readonly waiting: Set<string>;
  /** The minute that counts now, and whom it told. */
  minuteFrom: number;
  toldInMinute: number;
  told: number;
  timer: Timer | undefined;
}

const minuteMs = 60_000;

export interface RolloutPorts {
  readonly store: JobStore;
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
  /** Called when everybody was told who was to be. */
  readonly onTold: (jobId: string) => void;
}

/** Brings jobs to their things, minute by minute (DG:job-rollout-abort). */
export class Rollout {
  readonly #ports: RolloutPorts;
  readonly #progress = new Map<string, Progress>();

  constructor(ports: RolloutPorts) {
    this.#ports = ports;
  }

  begin({ jobId, targets }: Job): void {
    const { registry, behaviour } = this.#ports;
    const waiting = new Set(thingsOf(registry, targets));
    const progress: Progress = { waiting, minuteFrom: -Infinity, toldInMinute: 0, told: 0, timer: undefined };
    this.#progress.set(jobId, progress);
    this.#tellLater(jobId, progress, behaviour['jobs.rollout-delay-ms']);
  }

  /** Things that a job is for since they are in one of its groups. */
  add(job: Job, thingNames: Iterable<string>): void {
    const progress = this.#progress.get(job.jobId);
    if (progress === undefined) return;
    for (const thingName of thingNames) progress.waiting.add(thingName);
    this.#tellLater(job.jobId, progress, this.#ports.behaviour['jobs.rollout-delay-ms']);
  }

  forget(jobId: string, thingName: string): void {
    this.#progress.get(jobId)?.waiting.delete(thingName);
  }

  stop(jobId: string): void {
    this.#progress.get(jobId)?.timer?.cancel();
    this.#progress.delete(jobId);
  }

  isDone(jobId: string): boolean {
    const progress = this.#progress.get(jobId);
    return progress === undefined || (progress.waiting.size === 0 && progress.timer === undefined);
  }

  #tellLater(jobId: string, progress: Progress, delayMs: number): void {
    progress.timer ??= this.#ports.registry.clock.setTimer(() => {
      progress.timer = undefined;
      this.#tellSome(jobId, progress);
    }, delayMs);
  }

  #tellSome(jobId: string, progress: Progress): void {
    const { store, registry, onTold } = this.#ports;
    const job = store.jobs.get(jobId);
    if (job?.status !== 'IN_PROGRESS') return;
    const nowMs = registry.clock.now();
    if (nowMs - progress.minuteFrom >= minuteMs) Object.assign(progress, { minuteFrom: nowMs, toldInMinute: 0 });
    const room = Math.max(0, ratePerMinute(store, job, progress.told) - progress.toldInMinute);
    for (const thingName of [...progress.waiting].slice(0, room)) this.#queue(job, thingName, progress);
    if (progress.waiting.size > 0) this.#tellLater(jobId, progress, progress.minuteFrom + minuteMs - nowMs);
    else onTold(jobId);
  }

  #queue({ jobId }: Job, thingName: string, progress: Progress): void {
    const { store, registry } = this.#ports;
    progress.waiting.delete(thingName);
    const earlier = store.execution(thingName, jobId);
    if (!registry.things.has(thingName) || (earlier !== undefined && earlier.status !== 'REMOVED')) return;
    progress.told += 1;
    progress.toldInMinute += 1;
    const nowMs = registry.clock.now();
    store.putExecution({
      ...{ jobId, thingName, executionNumber: store.nextExecutionNumber(), status: 'QUEUED', versionNumber: 1 },
      ...{ statusDetails: undefined, queuedAt: nowMs, lastUpdatedAt: nowMs },
    });
  }
}
