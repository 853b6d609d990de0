import type { ReasonCode } from '../reason-code.ts';

/** The CloudWatch metrics that the audit log makes of the way in; each in the namespace of its deployment. */
export const onboardingMetrics = {
  /** The dimensions: the line, and the reason of a refusal. */
  line: 'Line',
  reason: 'Reason',
  /** By line: connections under claims, which is where the way in begins. */
  claimConnections: 'ClaimConnections',
  /** By line. */
  granted: 'AdmissionsGranted',
  /** By line. */
  held: 'AdmissionsHeld',
  /** By line: seen in use for the first time. */
  activated: 'DevicesActivated',
  /** By reason: refusals of admissions, certificates and connections. */
  refusals: 'Refusals',
  /** By line: refusals of devices that came by a claim, but not for our own faults. */
  lineRefusals: 'LineRefusals',
  /** Of the whole deployment: refusals for our own faults. */
  faults: 'AdmissionFaults',
} as const;

/**
 * Refusals that say nothing of the device: the table, the own authority or we ourselves failed; or devices were let in, and what AWS IoT
 * should have made of that never came to be.
 */
export const ownFaults = [
  'internal-error',
  'deadline-exceeded',
  'authority-unavailable',
  'too-many-certificates',
] as const satisfies readonly ReasonCode[];
