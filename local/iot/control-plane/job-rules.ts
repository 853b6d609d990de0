import type { CreateJobRequest } from '@aws-sdk/client-iot';
import { AwsError } from '../../aws-error.ts';
import { parseJsonObject } from '../../gateway/parse-json-object.ts';
import type { Job, JobExecution } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { isTarget } from '../jobs/job-targets.ts';
import { invalidRequest, limitExceeded, notFound } from '../refusals.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ValidInput } from '../valid-input.ts';

export const findJob = ({ store }: Jobs, jobId: string): Job => {
  const job = store.jobs.get(jobId);
  if (job === undefined) throw notFound(`Job ${jobId} cannot be found.`);
  return job;
};

export interface ExecutionName {
  readonly jobId: string;
  readonly thingName: string;
  readonly executionNumber?: number | undefined;
}

export const findExecution = ({ store }: Jobs, { jobId, thingName, executionNumber }: ExecutionName): JobExecution => {
  const execution = store.execution(thingName, jobId);
  if (execution === undefined || (executionNumber !== undefined && executionNumber !== execution.executionNumber)) {
    throw notFound(`Execution of job ${jobId} on thing ${thingName} cannot be found.`);
  }
  return execution;
};

/** SDK InvalidStateTransitionException. */
export const invalidTransition = (message: string): AwsError => new AwsError('InvalidStateTransitionException', message, { status: 409 });

// General Reference, "AWS IoT Jobs limits": targets of one job.
const maximumTargets = 100;

export const checkTargets = (registry: IotRegistry, targets: readonly string[]): void => {
  if (targets.length === 0) throw invalidRequest('A job needs at least one target.');
  if (targets.length > maximumTargets) throw limitExceeded(`A job has at most ${maximumTargets} targets.`);
  const missing = targets.find((target) => !isTarget(registry, target));
  if (missing !== undefined) throw notFound(`Target ${missing} cannot be found.`);
};

/** Of a depth that can be written again, as it is to each thing. */
const isJsonDocument = (text: string): boolean => {
  try {
    parseJsonObject(text);
    return true;
  } catch {
    return false;
  }
};

/** The job document, which is JSON. */
export const documentIn = ({ document }: Pick<ValidInput<CreateJobRequest>, 'document'>): string => {
  if (document === undefined) throw invalidRequest('A job needs a document or a source of one.');
  if (!isJsonDocument(document)) throw invalidRequest('The job document is not a valid JSON object.');
  return document;
};

const elsewhere = [
  'documentSource',
  'presignedUrlConfig',
  'jobTemplateArn',
  'jobExecutionsRetryConfig',
  'documentParameters',
  'schedulingConfig',
  'destinationPackageVersions',
] as const satisfies readonly (keyof CreateJobRequest)[];

/** Refuses by name what only AWS has. */
export const checkSupported = (input: ValidInput<CreateJobRequest>): void => {
  const member = elsewhere.find((name) => input[name] !== undefined);
  if (member === undefined) return;
  throw new AwsError('NotImplementedException', `The local AWS does not have ${member} of CreateJob.`, { status: 501 });
};

/** API reference: exactly one of the two criteria makes a rate grow. */
export const checkRollout = ({ jobExecutionsRolloutConfig }: ValidInput<CreateJobRequest>): void => {
  const criteria = jobExecutionsRolloutConfig?.exponentialRate?.rateIncreaseCriteria;
  if (criteria === undefined) return;
  const given = [criteria.numberOfNotifiedThings, criteria.numberOfSucceededThings].filter((count) => count !== undefined);
  if (given.length !== 1) throw invalidRequest('An exponential rate needs exactly one criterion by which it increases.');
};
