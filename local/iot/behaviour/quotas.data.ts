import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** How quotas of the control plane are applied. */
export const quotaRows = {
  'quotas.other-operations-per-second': assumed(
    z.number().min(1),
    10,
    'An operation of the control plane whose quota is not known here takes ten requests per second, like most that are known.',
  ),
  'quotas.burst-seconds': assumed(
    z.number().gt(0),
    1,
    'After a quiet time an operation takes as many requests at once as its quota allows in one second.',
  ),
} as const satisfies BehaviourRows;
