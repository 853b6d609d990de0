import type { AuditCode, AuditEvent } from '../audit-event.ts';
import { type Attempt, attemptChapter, stepOf } from './attempt.ts';
import type { StoryFacts } from './facts.ts';
import type { Chapter } from './story.ts';

const verdicts: readonly AuditCode[] = ['admission.granted', 'admission.held', 'admission.refused'];
const consequences: readonly AuditCode[] = ['device.activated', 'certificate.retired'];

/** Everything on record about a device, in the order of its times: tries of the device, and what operators did. */
export const chaptersOf = (facts: StoryFacts): readonly Chapter[] => {
  const events = inOrder(facts);
  const asked = events.filter(({ code }) => verdicts.includes(code));
  const granted = new Set(asked.filter(({ code }) => code === 'admission.granted').map(({ certificateId }) => certificateId));
  const laterOf = (event: AuditEvent) =>
    event.code === 'admission.granted'
      ? events.filter(({ code, certificateId }) => consequences.includes(code) && certificateId === event.certificateId)
      : [];
  const attempts = asked.map((event): Attempt => ({ asked: event, later: laterOf(event) }));
  const others = events.filter(
    ({ code, certificateId }) => !verdicts.includes(code) && !(consequences.includes(code) && granted.has(certificateId)),
  );
  return [...attempts.map((attempt) => attemptChapter(attempt, facts)), ...others.map(changeChapter)].toSorted(
    (one, other) => one.at - other.at,
  );
};

// The record of the last write may not have reached the log, and events may be delivered twice.
const inOrder = ({ events, enrollment }: StoryFacts): readonly AuditEvent[] => {
  const all = enrollment === undefined ? events : [...events, enrollment.lastEvent];
  return [...new Map(all.map((event) => [event.id, event])).values()].toSorted((one, other) => one.at - other.at);
};

const changeChapter = (event: AuditEvent): Chapter => {
  const { at, certificateId, keyDigest, boundKeyDigest, reason } = event;
  const details = {
    ...{ at, outcome: 'done' as const, what: wordsFor(event) },
    ...(reason === undefined ? {} : { reason }),
    ...(certificateId === undefined ? {} : { certificateId }),
    ...(keyDigest === undefined ? {} : { keyDigest }),
    ...(boundKeyDigest === undefined ? {} : { boundKeyDigest }),
  };
  return { kind: 'change', at, steps: [stepOf(exchangeOf(event.code), details)] };
};

const exchangeOf = (code: AuditCode) => {
  if (code === 'device.registered') return 'enrollment';
  if (code === 'device.activated') return 'connection';
  if (code === 'certificate.retired') return 'retirement';
  return code === 'device.contested' ? 'signing-request' : 'change';
};

const words: Partial<Record<AuditCode, string>> = {
  'device.registered': 'enrolls the device',
  'device.contested': 'another key asks for this serial: a clone, a squatter, or a device that lost its key',
  'device.approved': 'approves the key that waits',
  'device.confirmed': 'confirms the device: its probation is over',
  'device.readmitted': 'lets another key in',
  'device.resolved': 'keeps one key and revokes the other',
  'device.quarantined': 'puts the device into quarantine',
  'device.released': 'releases the device from quarantine',
  'device.revoked': 'revokes the device for good',
  'device.activated': 'connects with its own certificate: it is active',
  'certificate.retired': 'takes a certificate out of use: another one is in use',
  'operation.proposed': 'proposes what takes two people',
  'operation.refused': 'asks for what was not allowed',
};

const wordsFor = ({ code, operation }: AuditEvent): string => `${words[code] ?? code}${operation === undefined ? '' : ` (${operation})`}`;
