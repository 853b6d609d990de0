import { tellStory } from '../../../domain/story/tell-story.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { storyFacts } from '../../builders/story.ts';

const active = anEnrollment({
  state: 'active',
  boundKey: aKey('device'),
  certificates: [aCertificate('one')],
  certificateInUse: aCertificateId('one'),
});

const suspected = anEvent({
  id: 'clone',
  at: NOON + 5_000,
  code: 'device.clone-suspected',
  actor: { kind: 'service', name: 'clone-watch' },
  certificateId: aCertificateId('one'),
});

describe('The story of a device that two seem to be', () => {
  test('says so, and what to do', () => {
    const { conclusion, chapters } = tellStory(storyFacts({ enrollment: active, events: [suspected] }));
    expect(conclusion).toMatchObject({ standing: 'suspected', said: expect.stringContaining('2026-11-20') as unknown });
    expect(conclusion.todo.join()).toContain('muster devices show SN-1');
    expect(chapters.flatMap(({ steps }) => steps).at(-1)).toMatchObject({ exchange: 'connection', certificateId: aCertificateId('one') });
  });

  test('ends well once an operator has released it', () => {
    const released = anEvent({ id: 'released', at: NOON + 9_000, code: 'device.released' });
    expect(tellStory(storyFacts({ enrollment: active, events: [suspected, released] })).conclusion.standing).toBe('well');
  });

  test('is that of a device in quarantine where it is cut off', () => {
    const quarantined = { ...active, state: 'quarantined', quarantinedFrom: 'active' } as const;
    expect(tellStory(storyFacts({ enrollment: quarantined, events: [suspected] })).conclusion.standing).toBe('barred');
  });
});

describe('The story of a device that publishes again and again what it may not', () => {
  const refused = anEvent({
    id: 'refused',
    at: NOON + 6_000,
    code: 'device.publishes-refused',
    actor: { kind: 'service', name: 'refusal-watch' },
  });

  test('says so, and where to look', () => {
    const { conclusion } = tellStory(storyFacts({ enrollment: active, events: [refused] }));
    expect(conclusion).toMatchObject({ standing: 'suspected', said: expect.stringContaining('what it may not') as unknown });
    expect(conclusion.todo.join()).toContain('AWSIotLogsV2');
  });

  test('says that it may be two where both are suspected, which is worse', () => {
    const { conclusion } = tellStory(storyFacts({ enrollment: active, events: [suspected, refused] }));
    expect(conclusion.said).toContain('two devices');
  });

  test('ends well once an operator has released it', () => {
    const released = anEvent({ id: 'released', at: NOON + 9_000, code: 'device.released' });
    expect(tellStory(storyFacts({ enrollment: active, events: [refused, released] })).conclusion.standing).toBe('well');
  });
});
