import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** AWS IoT Jobs. */
export const jobRows = {
  'jobs.rollout-delay-ms': assumed(
    z.number().min(0),
    1000,
    'The first executions of a job appear one second after it was created, and those of a thing that joins its group as long after that.',
  ),
  'jobs.deletion-ms': assumed(
    z.number().min(0),
    1000,
    'A job that is deleted is DELETION_IN_PROGRESS for one second; its id is free after that.',
  ),
  'jobs.abort-cancels': assumed(
    z.enum(['queued', 'queued-and-running']),
    'queued',
    'A job that reaches an abort criterion is cancelled without force: executions that run may end.',
  ),
  'jobs.cancel-ended-job': assumed(
    z.enum(['accepted', 'refused']),
    'refused',
    'CancelJob of a job that is completed or cancelled answers InvalidRequestException.',
  ),
  'jobs.empty-payload-is-an-object': assumed(
    z.boolean(),
    true,
    'A request of a device without a payload is read as an empty object; else it is rejected as InvalidJson.',
  ),
  'jobs.message-qos': assumed(
    z.union([z.literal(0), z.literal(1)]),
    0,
    'Answers and notifications of AWS IoT Jobs are published with QoS 0: a device that is away finds out when it asks.',
  ),
  'jobs.version-mismatch-over-http': assumed(
    z.enum(['InvalidRequestException', 'InvalidStateTransitionException']),
    'InvalidStateTransitionException',
    'UpdateJobExecution over HTTP of another version than the one expected answers InvalidStateTransitionException, since no other error fits.',
  ),
} as const satisfies BehaviourRows;
