import { admissionEvent } from './admission-event.ts';
import type { Arrival } from './admission-request.ts';
import type { AuditEvent } from '../audit-event.ts';
import type { Judgement } from './device-judgement.ts';
import { type Asking, type Enrollment, type OptionalField, without } from '../enrollment.ts';
import { type Transition, follow } from '../enrollment-state.ts';
import type { KeyDigest } from '../identifiers.ts';
import type { AcceptedEvidence } from '../verification.ts';

/** The enrollment of a device that waits for an operator's approval from now on. */
export const held = (request: Arrival, enrollment: Enrollment, { key, requirement }: AcceptedEvidence): Enrollment => ({
  ...enrollment,
  ...standingAfter(enrollment, 'hold'),
  requirement: requirement ?? enrollment.requirement,
  pending: askingOf(request, key),
  version: enrollment.version + 1,
  // The request is refused under its own id; this is the record of what it changed.
  lastEvent: admissionEvent(request, 'admission.held', { id: `${request.eventId}-held`, keyDigest: key }),
});

/** The enrollment of a serial that a second key asked for. Nothing of what the first may do changes. */
export const contested = (request: Arrival, enrollment: Enrollment, key: KeyDigest): Enrollment => {
  const holder = enrollment.boundKey ?? enrollment.pending?.key;
  const keys: Partial<AuditEvent> = { keyDigest: key, ...(holder === undefined ? {} : { boundKeyDigest: holder }) };
  return {
    ...enrollment,
    contender: askingOf(request, key),
    version: enrollment.version + 1,
    lastEvent: admissionEvent(request, 'device.contested', { id: `${request.eventId}-contested`, ...keys }),
  };
};

type LetIn = Extract<Judgement, { evidence: AcceptedEvidence }>;

/** The enrollment of a device that is let in, with the certificate that it gets. */
export const letIn = (request: Arrival, enrollment: Enrollment, { ruling, evidence }: LetIn): Enrollment => {
  const { key, requirement, expiresAt } = evidence;
  const isCandidate = ruling === 'admit-candidate';
  const keys = isCandidate ? { candidateKey: key } : { boundKey: key, ...probationAfter(request, enrollment, evidence) };
  return {
    ...without(enrollment, ...settledBy(enrollment, key)),
    ...standingAfter(enrollment, 'admit'),
    ...rivalOf(enrollment, key),
    ...keys,
    requirement: requirement ?? enrollment.requirement,
    version: enrollment.version + 1,
    certificates: [
      ...enrollment.certificates,
      {
        ...{ id: request.certificateId, key, issuedAt: request.at, correlationId: request.correlationId },
        ...(expiresAt === undefined ? {} : { expiresAt }),
      },
    ],
    lastEvent: admissionEvent(request, 'admission.granted', { keyDigest: key }),
  };
};

const standingAfter = (enrollment: Enrollment, transition: Transition): Pick<Enrollment, 'state'> => {
  const standing = follow(enrollment, transition);
  // The judgement and the state machine would contradict each other.
  if (standing === undefined) throw new Error(`An enrollment that is ${enrollment.state} cannot ${transition}.`);
  return standing;
};

const askingOf = ({ at, correlationId, claimCertificateId }: Arrival, key: KeyDigest): Asking => ({
  key,
  at,
  correlationId,
  ...(claimCertificateId === undefined ? {} : { claimCertificateId }),
});

// A key that came in asks no more, an operator's leave is for one key once, and who is back needs no way back.
const settledBy = ({ boundKey, candidateKey, contender }: Enrollment, key: KeyDigest): readonly OptionalField[] => [
  'pending',
  'recovery',
  ...(contender?.key === key ? (['contender'] as const) : []),
  ...(key === boundKey || key === candidateKey ? [] : (['readmission'] as const)),
];

// Somebody waited while an operator approved another key: now they contend for a serial that is bound.
const rivalOf = ({ pending, contender }: Enrollment, key: KeyDigest): Partial<Enrollment> =>
  pending === undefined || pending.key === key || (contender !== undefined && contender.key !== key) ? {} : { contender: pending };

// Begins where all that was shown is a serial number, and ends for good with anything stronger or an operator's word.
const probationAfter = ({ settings }: Arrival, { onProbation }: Enrollment, { attestation }: AcceptedEvidence): Partial<Enrollment> => {
  if (attestation === 'serial-only') return { onProbation: onProbation ?? true };
  return onProbation === undefined && settings.attestation !== 'serial-only' ? {} : { onProbation: false };
};
