import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { campaignPhases } from '../rotation/campaign.ts';

/** How the replacement of a line's credentials goes, as those who run the fleet are shown it. Times are in milliseconds since the epoch. */
export const rotationView = z.object({
  line: lineName,
  phase: z.enum(campaignPhases),
  /** How many devices are due and were not asked. */
  due: z.int(),
  /** How many were asked and are not through. */
  underWay: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  /** What an operator demanded and is not gone through: every credential that is older. */
  demandedBefore: z.exactOptional(z.number()),
});

export type RotationView = z.infer<typeof rotationView>;

/** What came of a change to it. */
export const rotationChange = z.object({ outcome: z.enum(['changed', 'unchanged']), rotation: rotationView });

export type RotationChange = z.infer<typeof rotationChange>;
