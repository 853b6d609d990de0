import type { AuditCode, AuditEvent } from '../audit-event.ts';
import { type Attempt, attemptChapter, stepOf } from './attempt.ts';
import { connectionChapters, isConnection } from './connection-chapter.ts';
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
    (event) =>
      !verdicts.includes(event.code) && !isConnection(event) && !(consequences.includes(event.code) && granted.has(event.certificateId)),
  );
  const chapters = [
    ...attempts.map((attempt) => attemptChapter(attempt, facts)),
    ...connectionChapters(events),
    ...others.map(changeChapter),
  ];
  return chapters.toSorted((one, other) => one.at - other.at);
};

// The record of the last write may not have reached the log, and events may be delivered twice.
const inOrder = ({ events, enrollment }: StoryFacts): readonly AuditEvent[] => {
  const all = enrollment === undefined ? events : [...events, enrollment.lastEvent];
  return [...new Map(all.map((event) => [event.id, event])).values()].toSorted((one, other) => one.at - other.at);
};

const changeChapter = (event: AuditEvent): Chapter => {
  const { at, certificateId, keyDigest, boundKeyDigest, reason } = event;
  const details = {
    ...{ at, outcome: event.code === 'certificate.refused' ? ('failed' as const) : ('done' as const), what: wordsFor(event) },
    ...(reason === undefined ? {} : { reason }),
    ...(certificateId === undefined ? {} : { certificateId }),
    ...(keyDigest === undefined ? {} : { keyDigest }),
    ...(boundKeyDigest === undefined ? {} : { boundKeyDigest }),
  };
  return { kind: 'change', at, steps: [stepOf(exchangeOf(event.code), details)] };
};

const exchangeOf = (code: AuditCode) => {
  if (code === 'device.registered' || code === 'device-key.issued') return 'enrollment';
  if (code === 'device.recovery-used') return 'claim-connection';
  if (code === 'device.activated' || code === 'device.clone-suspected' || code === 'device.publishes-refused') return 'connection';
  if (code === 'certificate.retired') return 'retirement';
  if (code === 'certificate.issued') return 'certificate';
  if (code === 'certificate.refused') return 'signing-request';
  return code === 'device.contested' ? 'signing-request' : 'change';
};

const words: Partial<Record<AuditCode, string>> = {
  'device.registered': 'enrolls the device',
  'device-key.issued': 'has the key of the device sealed for its factory',
  'device.contested': 'another key asks for this serial: a clone, a squatter, or a device that lost its key',
  'device.approved': 'approves the key that waits',
  'device.confirmed': 'confirms the device: its probation is over',
  'device.readmitted': 'lets another key in',
  'device.resolved': 'keeps one key and revokes the other',
  'device.recovery-opened': 'opens a way back for the device by a ticket',
  'device.recovery-used': 'comes with its key and a ticket: it may ask for another certificate',
  'device.clone-suspected': 'two devices seem to use its credential: they take the connection from each other, from different addresses',
  'device.publishes-refused': 'publishes again and again what it may not',
  'device.quarantined': 'puts the device into quarantine',
  'device.released': 'releases the device from quarantine',
  'device.revoked': 'revokes the device for good',
  'device.transferred': 'gives the device to another tenant: it must come in again, by what its former owner never had',
  'device.transferred-with-proof': 'gives the device to another tenant: it must come in again, and goes on proving itself by what it did',
  'device.decommissioned': 'takes the device out of service for good',
  'device.activated': 'is seen with what it was let in by: it is active',
  'certificate.issued': 'has a certificate of the own authority, which opens nothing yet',
  'certificate.refused': 'is refused a certificate of the own authority',
  'certificate.retired': 'takes a certificate out of use: another one is in use',
  'operation.proposed': 'proposes what takes two people',
  'operation.refused': 'asks for what was not allowed',
  'address.shown': 'is told where a connection came from',
};

const wordsFor = ({ code, operation }: AuditEvent): string => `${words[code] ?? code}${operation === undefined ? '' : ` (${operation})`}`;
