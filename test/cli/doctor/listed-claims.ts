import { createOperationsClient } from '../../../aws/operations/operations-client.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import { NOON } from '../../builders/enrollment.ts';

/** Operations that answer nothing but a list of one claim with one certificate. */
export const listedClaim = (state: 'open' | 'closed', certificateId = 'a'.repeat(64)): OperationsClient => {
  const certificate = { certificateId, state, opensAt: NOON, expiresAt: NOON };
  const claim = { name: 'batch-7', line: 'sensor', state, quota: 10, admitted: 0, expiresAt: NOON, certificates: [certificate] };
  const body = JSON.stringify({ output: { claims: [claim] } });
  return createOperationsClient(() => Promise.resolve({ status: 200, body }));
};
