import type { JobExecution } from './job.ts';

/** The codes of refused requests of devices (DG:jobs-mqtt-api, ErrorResponse). */
export type JobRefusalCode =
  | 'InvalidTopic'
  | 'InvalidJson'
  | 'InvalidRequest'
  | 'InvalidStateTransition'
  | 'ResourceNotFound'
  | 'VersionMismatch'
  | 'InternalError'
  | 'RequestThrottled'
  | 'TerminalStateReached';

/** A device's request that AWS IoT Jobs turns down. */
export class JobRefusal extends Error {
  override readonly name = 'JobRefusal';
  readonly code: JobRefusalCode;
  /** Told with `InvalidStateTransition` and `VersionMismatch`. */
  readonly execution: JobExecution | undefined;

  constructor(code: JobRefusalCode, message: string, execution?: JobExecution) {
    super(message);
    this.code = code;
    this.execution = execution;
  }
}
