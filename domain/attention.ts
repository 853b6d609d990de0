import type { Enrollment } from './enrollment.ts';

/** Why an enrollment waits for an operator. */
export const attentions = ['pending', 'probation', 'contested', 'quarantined'] as const;

/**
 * - `contested`: another key asked for a serial that is spoken for
 * - `quarantined`: it is in quarantine
 * - `pending`: a key waits for approval
 * - `probation`: all that the device has shown is a serial number
 */
export type Attention = (typeof attentions)[number];

/** What an operator must do about an enrollment, the most urgent of it, or `undefined`. */
export const attentionOf = ({ state, contender, pending, approvedKey, onProbation }: Enrollment): Attention | undefined => {
  if (state === 'revoked' || state === 'decommissioned') return undefined;
  if (contender !== undefined) return 'contested';
  if (state === 'quarantined') return 'quarantined';
  if (pending !== undefined && pending.key !== approvedKey) return 'pending';
  return onProbation === true ? 'probation' : undefined;
};
