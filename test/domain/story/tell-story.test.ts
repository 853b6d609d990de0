import { reasonCodes } from '../../../domain/reason-code.ts';
import { adviceFor } from '../../../domain/story/advice.ts';
import { tellStory, withoutEvidence } from '../../../domain/story/tell-story.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { anAsking, storyFacts } from '../../builders/story.ts';

const ACTIVATED = anEvent({ id: 'activated', at: NOON + 5000, code: 'device.activated', certificateId: aCertificateId('one') });

const active = anEnrollment({
  state: 'active',
  boundKey: aKey('device'),
  certificates: [aCertificate('one')],
  certificateInUse: aCertificateId('one'),
  lastEvent: ACTIVATED,
});

const admitted = anEnrollment({ state: 'admitted', boundKey: aKey('device'), certificates: [aCertificate('one')] });

const stepsOf = (story: ReturnType<typeof tellStory>) =>
  story.chapters.flatMap(({ steps }) => steps.map(({ exchange, outcome }) => `${exchange}: ${outcome}`));

const throughVerdict = ['claim-connection: done', 'signing-request: done', 'certificate: done', 'registration: done', 'verdict: done'];

describe('The story of a device that came in', () => {
  const facts = storyFacts({ enrollment: active, events: [anEvent(), anAsking('admission.granted'), ACTIVATED, ACTIVATED] });

  test('goes through every exchange of the sequence diagram, in its order, and tells each event once', () => {
    expect(stepsOf(tellStory(facts))).toEqual(['enrollment: done', ...throughVerdict, 'provisioning: done', 'connection: done']);
  });

  test('says who speaks to whom', () => {
    const steps = tellStory(facts).chapters.flatMap((chapter) => chapter.steps);
    expect(steps.find(({ exchange }) => exchange === 'signing-request')).toMatchObject({ from: 'device', to: 'ca' });
    expect(steps.find(({ exchange }) => exchange === 'verdict')).toMatchObject({ from: 'platform', to: 'device' });
  });

  test('ends well', () => {
    expect(tellStory(facts).conclusion).toMatchObject({ standing: 'well', todo: [] });
  });

  test('is not spoiled by a refusal that came before', () => {
    const refused = anAsking('admission.refused', { id: 'before', at: NOON + 500, reason: 'claim-expired', correlationId: 'before' });
    expect(tellStory({ ...facts, events: [refused, ...facts.events] }).conclusion.standing).toBe('well');
  });

  test('tells of a certificate that another one took the place of', () => {
    const retired = anEvent({ id: 'retired', at: NOON + 9000, code: 'certificate.retired', certificateId: aCertificateId('one') });
    const told = tellStory({ ...facts, events: [...facts.events, retired], certificates: new Map([[aCertificateId('one'), 'GONE']]) });
    expect(stepsOf(told).slice(-3)).toEqual(['provisioning: done', 'connection: done', 'retirement: done']);
  });
});

describe('The story of a device that is refused', () => {
  test.each(reasonCodes)('names for %s the exchange that failed, why, and what to do', (reason) => {
    const { conclusion, chapters } = tellStory(storyFacts({ events: [anAsking('admission.refused', { reason })] }));
    const { exchange, wrong, todo } = adviceFor[reason];
    expect(conclusion).toEqual({ standing: 'refused', said: `It was refused: ${wrong}.`, exchange, reason, todo: [todo] });
    const failed = chapters.flatMap(({ steps }) => steps).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map((step) => step.exchange)).toEqual(
      exchange === 'verdict' || exchange === 'connection' ? ['verdict'] : [exchange, 'verdict'],
    );
  });

  test('points at a serial that it is easily taken for', () => {
    const facts = storyFacts({
      enrollment: undefined,
      serialNumber: 'sn-1',
      events: [anAsking('admission.refused', { reason: 'unknown-serial' })],
      lookAlikes: ['SN-1'],
    });
    expect(tellStory(facts).conclusion.todo.join()).toContain('"SN-1", which is enrolled');
  });

  test('says where it came from', () => {
    const facts = storyFacts({
      events: [anAsking('admission.refused', { reason: 'claim-closed' })],
      addresses: new Map([[CLIENT_ID, '198.51.100.7']]),
    });
    expect(tellStory(facts).chapters.at(-1)).toMatchObject({ claim: 'batch-1', correlationId: CLIENT_ID, address: '198.51.100.7' });
  });
});

describe('The story of a device that is not in', () => {
  test('says of a serial that is unknown to everybody what to look for', () => {
    const { conclusion, chapters } = tellStory(storyFacts({ enrollment: undefined, serialNumber: 'SN-9' }));
    expect(chapters).toEqual([]);
    expect(conclusion).toMatchObject({ standing: 'unknown', exchange: 'enrollment' });
    expect(conclusion.todo.join('\n')).toContain('muster devices import');
  });

  test('says when only a part of the log was read', () => {
    const { conclusion } = tellStory(storyFacts({ enrollment: undefined, isWhole: false }));
    expect(conclusion.said).toContain('in the part of the log that was read');
  });

  test('says of one that never showed up what to look for', () => {
    const { conclusion } = tellStory(storyFacts());
    expect(conclusion).toMatchObject({ standing: 'never-seen', exchange: 'claim-connection' });
    expect(conclusion.todo.join('\n')).toMatch(/8883.*clock/);
  });

  test('waits for an operator where the line wants one', () => {
    const pending = { key: aKey('device'), at: NOON, correlationId: CLIENT_ID };
    const enrollment = anEnrollment({ state: 'pending', pending });
    const { conclusion } = tellStory(storyFacts({ enrollment, events: [anAsking('admission.held')] }));
    expect(conclusion).toMatchObject({ standing: 'waiting', reason: 'pending-approval' });
    expect(conclusion.todo.join('\n')).toContain('muster devices approve SN-1');
  });

  test.each([
    ['PENDING_ACTIVATION', 'provisioning', 'after the verdict'],
    ['INACTIVE', 'provisioning', 'somebody took it out of use'],
    ['REVOKED', 'provisioning', 'somebody took it out of use'],
    ['GONE', 'provisioning', 'no longer there'],
    ['ACTIVE', 'connection', 'has not connected'],
  ] as const)('is stuck when the certificate of an admission is %s', (status, exchange, words) => {
    const certificates = new Map([[aCertificateId('one'), status]]);
    const { conclusion } = tellStory(storyFacts({ enrollment: admitted, events: [anAsking('admission.granted')], certificates }));
    expect(conclusion).toMatchObject({ standing: 'stuck', exchange, said: expect.stringContaining(words) as unknown });
  });

  test('has no guess about a certificate that nobody asked for', () => {
    const told = tellStory(storyFacts({ enrollment: admitted, events: [anAsking('admission.granted')] }));
    expect(stepsOf(told).at(-1)).toBe('provisioning: unknown');
  });

  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('is barred while it is %s', (state) => {
    expect(tellStory(storyFacts({ enrollment: anEnrollment({ state }) })).conclusion).toMatchObject({ standing: 'barred', reason: state });
  });
});

describe('The story of a device that somebody must look at', () => {
  test('names two keys that claim one serial, and the command that keeps one', () => {
    const contender = { key: aKey('other'), at: NOON + 9000, correlationId: 'other' };
    const contested = anEvent({
      id: 'c',
      at: NOON + 9000,
      code: 'device.contested',
      keyDigest: aKey('other'),
      boundKeyDigest: aKey('device'),
    });
    const { conclusion, chapters } = tellStory(storyFacts({ enrollment: { ...active, contender }, events: [contested] }));
    expect(conclusion).toMatchObject({ standing: 'contested', reason: 'bound-to-another-key' });
    expect(conclusion.todo.join('\n')).toContain('muster devices resolve SN-1 --keep');
    expect(chapters.at(-1)?.steps).toMatchObject([{ keyDigest: aKey('other'), boundKeyDigest: aKey('device') }]);
  });

  test('asks to confirm one that has shown nothing but its serial', () => {
    const { conclusion } = tellStory(storyFacts({ enrollment: { ...active, onProbation: true } }));
    expect(conclusion).toMatchObject({ standing: 'probation' });
  });

  test('tells what operators did, in the order of time', () => {
    const events = [
      anEvent({ id: 'q', at: NOON + 7000, code: 'device.quarantined' }),
      anEvent({ id: 'r', at: NOON + 8000, code: 'device.released' }),
    ];
    const told = tellStory(storyFacts({ enrollment: active, events: events.toReversed() }));
    expect(told.chapters.slice(-2).map(({ steps }) => steps[0]?.what)).toEqual([
      'puts the device into quarantine',
      'releases the device from quarantine',
    ]);
  });
});

describe('The story without evidence', () => {
  test('names no key and no address', () => {
    const contender = { key: aKey('other'), at: NOON + 9000, correlationId: 'other' };
    const facts = storyFacts({
      enrollment: { ...active, contender, requirement: { pinnedKey: aKey('device') } },
      events: [
        anAsking('admission.granted'),
        anAsking('admission.refused', { id: 'x', reason: 'bound-to-another-key', boundKeyDigest: aKey('device') }),
      ],
      addresses: new Map([[CLIENT_ID, '198.51.100.7']]),
    });
    const told = JSON.stringify(withoutEvidence(tellStory(facts)));
    for (const secret of [aKey('device'), aKey('other'), '198.51.100.7']) expect(told).not.toContain(secret);
    expect(told).toContain(CLIENT_ID);
  });
});
