import type { AuditEvent } from '../../domain/audit-event.ts';
import type { StoryFacts } from '../../domain/story/facts.ts';
import { NOON, anEnrollment, anEvent } from './enrollment.ts';
import { CLIENT_ID } from './hook-event.ts';
import { aCertificateId, aClaimName, aKey, aSerial } from './identifiers.ts';

/** What the hook puts on record of a device; refusals want a `reason`. */
export const anAsking = (code: 'admission.granted' | 'admission.held' | 'admission.refused', more: Partial<AuditEvent> = {}): AuditEvent =>
  anEvent({
    id: `${code}-${more.correlationId ?? CLIENT_ID}`,
    at: NOON + 1000,
    code,
    actor: { kind: 'device' },
    correlationId: CLIENT_ID,
    serialNumber: aSerial(),
    certificateId: aCertificateId('one'),
    keyDigest: aKey('device'),
    claim: aClaimName(),
    claimCertificateId: aCertificateId('claim'),
    ...more,
  });

/** All that is known of a device that was enrolled at noon. */
export const storyFacts = (more: Partial<StoryFacts> = {}): StoryFacts => {
  const enrollment = 'enrollment' in more ? more.enrollment : anEnrollment();
  return {
    serialNumber: enrollment?.serialNumber ?? 'SN-1',
    events: [],
    since: 0,
    isWhole: true,
    certificates: new Map(),
    addresses: new Map(),
    lookAlikes: [],
    askedAs: [],
    ...more,
    enrollment,
  };
};
