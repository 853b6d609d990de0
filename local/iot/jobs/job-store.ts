import { type ExecutionStatus, isPending, type Job, type JobExecution } from './job.ts';

/** What happened to a job or to an execution: it came (nothing before), went (nothing after), or changed. */
export type JobChange =
  | { readonly kind: 'job'; readonly before: Job | undefined; readonly after: Job | undefined }
  | { readonly kind: 'execution'; readonly before: JobExecution | undefined; readonly after: JobExecution | undefined };

export type JobListener = (change: JobChange) => void;

type Executions = Map<string, JobExecution>;

const inOrder = (a: JobExecution, b: JobExecution): number => a.executionNumber - b.executionNumber;

/** Those that run come before those that wait, each in the order in which they were queued (DG:jobs-api). */
const byUrgency = (a: JobExecution, b: JobExecution): number =>
  a.status === b.status ? inOrder(a, b) : a.status === 'IN_PROGRESS' ? -1 : 1;

/** All jobs of an account with their executions. Every change is told at once. */
export class JobStore {
  readonly listeners = new Set<JobListener>();
  readonly #jobs = new Map<string, Job>();
  readonly #byJob = new Map<string, Executions>();
  readonly #byThing = new Map<string, Executions>();
  readonly #counts = new Map<string, Map<ExecutionStatus, number>>();
  #executionNumbers = 0;

  get jobs(): ReadonlyMap<string, Job> {
    return this.#jobs;
  }

  putJob(job: Job): void {
    const before = this.#jobs.get(job.jobId);
    this.#jobs.set(job.jobId, job);
    this.#tell({ kind: 'job', before, after: job });
  }

  /** Removes the job with its executions. */
  removeJob(jobId: string): void {
    const before = this.#jobs.get(jobId);
    if (before === undefined) return;
    for (const execution of this.executionsOf(jobId)) this.removeExecution(execution);
    this.#jobs.delete(jobId);
    this.#counts.delete(jobId);
    this.#tell({ kind: 'job', before, after: undefined });
  }

  putExecution(execution: JobExecution): void {
    const { jobId, thingName, status } = execution;
    const before = this.execution(thingName, jobId);
    this.#executionsIn(this.#byJob, jobId).set(thingName, execution);
    this.#executionsIn(this.#byThing, thingName).set(jobId, execution);
    if (before !== undefined) this.#count(jobId, before.status, -1);
    this.#count(jobId, status, 1);
    this.#tell({ kind: 'execution', before, after: execution });
  }

  removeExecution({ jobId, thingName }: JobExecution): void {
    const before = this.execution(thingName, jobId);
    if (before === undefined) return;
    this.#byJob.get(jobId)?.delete(thingName);
    this.#byThing.get(thingName)?.delete(jobId);
    this.#count(jobId, before.status, -1);
    this.#tell({ kind: 'execution', before, after: undefined });
  }

  execution(thingName: string, jobId: string): JobExecution | undefined {
    return this.#byThing.get(thingName)?.get(jobId);
  }

  executionsOf(jobId: string): readonly JobExecution[] {
    return [...(this.#byJob.get(jobId)?.values() ?? [])];
  }

  executionsFor(thingName: string): readonly JobExecution[] {
    return [...(this.#byThing.get(thingName)?.values() ?? [])];
  }

  /** What the thing has to do, the next first. */
  pendingFor(thingName: string): readonly JobExecution[] {
    return this.executionsFor(thingName).filter(isPending).sort(byUrgency);
  }

  countOf(jobId: string, ...statuses: readonly ExecutionStatus[]): number {
    const counts = this.#counts.get(jobId);
    return statuses.reduce((sum, status) => sum + (counts?.get(status) ?? 0), 0);
  }

  nextExecutionNumber(): number {
    this.#executionNumbers += 1;
    return this.#executionNumbers;
  }

  #executionsIn(index: Map<string, Executions>, name: string): Executions {
    const executions = index.get(name) ?? new Map<string, JobExecution>();
    index.set(name, executions);
    return executions;
  }

  #count(jobId: string, status: ExecutionStatus, by: 1 | -1): void {
    const counts = this.#counts.get(jobId) ?? new Map<ExecutionStatus, number>();
    this.#counts.set(jobId, counts.set(status, (counts.get(status) ?? 0) + by));
  }

  #tell(change: JobChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
