import type { Claim } from '../../domain/claim.ts';
import { NOON } from './enrollment.ts';
import { aCertificateId, aClaimName, aLine } from './identifiers.ts';

const DAY_MS = 86_400_000;

/** An open claim of the line `sensor` with room for a hundred devices. */
export const aClaim = (more: Partial<Claim> = {}): Claim => ({
  name: aClaimName(),
  line: aLine(),
  certificateId: aCertificateId('claim'),
  state: 'open',
  opensAt: NOON - DAY_MS,
  expiresAt: NOON + DAY_MS,
  quota: 100,
  admitted: 0,
  ...more,
});
