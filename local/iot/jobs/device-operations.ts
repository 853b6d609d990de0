import type { Clock } from '../../clock.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { RequestOf } from './device-requests.ts';
import { executionView, stateOf, summaryOf } from './execution-views.ts';
import { isPending, type JobExecution } from './job.ts';
import { JobRefusal } from './job-refusal.ts';
import type { Jobs } from './jobs.ts';

export interface DeviceOperationsPorts {
  readonly jobs: Jobs;
  readonly registry: Pick<IotRegistry, 'things'>;
  readonly clock: Clock;
}

/** Stands for the next pending execution in place of a job's id. */
const next = '$next';

/** The four requests of devices, over MQTT and HTTP alike; each throws `JobRefusal`. */
export class DeviceOperations {
  readonly #ports: DeviceOperationsPorts;

  constructor(ports: DeviceOperationsPorts) {
    this.#ports = ports;
  }

  getPending(thingName: string) {
    const pending = this.#pendingFor(thingName);
    const summaries = (status: JobExecution['status']) => pending.filter((execution) => execution.status === status).map(summaryOf);
    return { inProgressJobs: summaries('IN_PROGRESS'), queuedJobs: summaries('QUEUED') };
  }

  /** "If the next pending job execution is already IN_PROGRESS, its status details aren't changed" (DG:jobs-mqtt-api). */
  startNext(thingName: string, { statusDetails, stepTimeoutInMinutes }: RequestOf<'startNext'>) {
    const [first] = this.#pendingFor(thingName);
    if (first === undefined) return {};
    const update = { status: 'IN_PROGRESS', statusDetails, stepTimeoutInMinutes } as const;
    const started = first.status === 'QUEUED' ? this.#ports.jobs.update(first, update) : first;
    return { execution: this.#view(started, true) };
  }

  describe(thingName: string, jobId: string, { executionNumber, includeJobDocument }: RequestOf<'describe'>) {
    const found = jobId === next ? this.#pendingFor(thingName)[0] : this.#find(thingName, jobId, executionNumber);
    if (found === undefined) return {};
    if (!isPending(found))
      throw new JobRefusal('TerminalStateReached', `The execution of job ${found.jobId} is in the terminal state ${found.status}`);
    return { execution: this.#view(found, includeJobDocument) };
  }

  update(thingName: string, jobId: string, request: RequestOf<'update'>) {
    const found = this.#find(thingName, jobId, request.executionNumber);
    const { expectedVersion, status } = request;
    if (expectedVersion !== undefined && expectedVersion !== found.versionNumber) {
      throw new JobRefusal('VersionMismatch', `Expected version ${expectedVersion} but found version ${found.versionNumber}`, found);
    }
    if (!isPending(found)) {
      throw new JobRefusal('InvalidStateTransition', `Job Execution status cannot be changed from ${found.status} to ${status}`, found);
    }
    const after = this.#ports.jobs.update(found, request);
    return {
      ...(request.includeJobExecutionState ? { executionState: stateOf(after) } : {}),
      ...(request.includeJobDocument ? { jobDocument: this.#documentOf(after) } : {}),
    };
  }

  #pendingFor(thingName: string): readonly JobExecution[] {
    if (!this.#ports.registry.things.has(thingName)) throw new JobRefusal('ResourceNotFound', `Thing ${thingName} does not exist`);
    return this.#ports.jobs.store.pendingFor(thingName);
  }

  #find(thingName: string, jobId: string, executionNumber: number | undefined): JobExecution {
    const found = this.#ports.jobs.store.execution(thingName, jobId);
    if (found === undefined || (executionNumber !== undefined && executionNumber !== found.executionNumber)) {
      throw new JobRefusal('ResourceNotFound', `There is no execution of job ${jobId} on thing ${thingName}`);
    }
    return found;
  }

  #documentOf({ jobId }: JobExecution): string {
    return this.#ports.jobs.store.jobs.get(jobId)?.document ?? '{}';
  }

  #view(execution: JobExecution, hasDocument: boolean) {
    const view = executionView(execution, this.#ports.clock.now());
    return { ...view, ...(hasDocument ? { jobDocument: this.#documentOf(execution) } : {}) };
  }
}
