import * as z from 'zod/mini';
import { enrollmentStates } from '../enrollment-state.ts';
import { certificateId, keyDigest, lineName, tenantName, thingName } from '../identifiers.ts';
import { reasonCodes } from '../reason-code.ts';
import { exchanges, lanes } from './exchange.ts';

/**
 * - `done`: it happened
 * - `failed`: it went wrong; the step says why
 * - `waiting`: it is yet to happen
 * - `unknown`: no record tells
 */
const outcome = z.enum(['done', 'failed', 'waiting', 'unknown']);

const step = z.object({
  /** Milliseconds since the epoch. */
  at: z.exactOptional(z.number()),
  exchange: z.enum(exchanges),
  from: z.enum(lanes),
  to: z.enum(lanes),
  outcome,
  what: z.string(),
  reason: z.exactOptional(z.enum(reasonCodes)),
  certificateId: z.exactOptional(certificateId),
  keyDigest: z.exactOptional(keyDigest),
  boundKeyDigest: z.exactOptional(keyDigest),
});

const chapter = z.object({
  kind: z.enum(['attempt', 'change']),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** The client id of the claim connection, in the device's own words. */
  correlationId: z.exactOptional(z.string()),
  claim: z.exactOptional(z.string()),
  /** The address that the claim connection came from. */
  address: z.exactOptional(z.string()),
  steps: z.array(step),
});

const conclusion = z.object({
  /** How things stand: `well`, or what is wrong or awaited. */
  standing: z.enum(['unknown', 'never-seen', 'waiting', 'refused', 'stuck', 'contested', 'probation', 'suspected', 'barred', 'well']),
  said: z.string(),
  /** Where it failed or waits, in terms of the sequence diagram. */
  exchange: z.exactOptional(z.enum(exchanges)),
  reason: z.exactOptional(z.enum(reasonCodes)),
  todo: z.array(z.string()),
});

/** The onboarding of one device, told in the terms of its sequence diagram. */
export const storySchema = z.object({
  /** As it was asked for. */
  serialNumber: z.string(),
  line: z.exactOptional(lineName),
  tenant: z.exactOptional(tenantName),
  thingName: z.exactOptional(thingName),
  state: z.exactOptional(z.enum(enrollmentStates)),
  /** From when on the audit log was read, in milliseconds since the epoch, and whether to its end. */
  since: z.number(),
  isWhole: z.boolean(),
  chapters: z.array(chapter),
  conclusion,
});

export type Story = z.infer<typeof storySchema>;
export type Chapter = Story['chapters'][number];
export type Step = Chapter['steps'][number];
export type Conclusion = Story['conclusion'];
