import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { tellStory } from '../../../domain/story/tell-story.ts';
import { NOON, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { storyFacts } from '../../builders/story.ts';

const enrollment = (more: Partial<Enrollment> = {}) => anEnrollment({ line: aLine('meter'), approach: 'psk', ...more });

const connection = (outcome: 'granted' | 'restricted' | 'refused', minute: number, reason?: AuditEvent['reason']): AuditEvent =>
  anEvent({
    ...{ id: `connection-${minute}`, at: NOON + minute * 60_000, code: `connection.${outcome}`, actor: { kind: 'device' } },
    ...{ approach: 'psk', correlationId: `aws-${minute}`, serialNumber: enrollment().serialNumber },
    ...(reason === undefined ? {} : { reason }),
  });

const tell = (known: Enrollment | undefined, ...events: readonly AuditEvent[]) => tellStory(storyFacts({ enrollment: known, events }));

const linesOf = ({ chapters }: ReturnType<typeof tell>) =>
  chapters.map(({ steps }) => steps.map(({ outcome, what }) => `${outcome}: ${what}`));

const activated = anEvent({ id: 'activated', at: NOON + 90_000, code: 'device.activated', actor: { kind: 'service', name: 'activation' } });

describe('The story of a device that proves itself at each connection', () => {
  test('is told connection by connection, and is well when it was seen', () => {
    const story = tell(enrollment({ state: 'active', lastEvent: activated }), anEvent(), connection('granted', 1), activated);
    expect(linesOf(story)).toEqual([
      ['done: enrolls the device'],
      ['done: connects and presents its proof', 'done: lets it in, with what it may do until the connection ends'],
      ['done: is seen with what it was let in by: it is active'],
    ]);
    expect(story.chapters[1]).toMatchObject({ kind: 'attempt', correlationId: 'aws-1' });
    expect(story.conclusion).toEqual({ standing: 'well', said: 'It is in, and was seen connected.', todo: [] });
  });

  test('tells of many connections in a row once', () => {
    const story = tell(
      enrollment({ state: 'active' }),
      ...[2, 3, 4].map((minute) => connection('granted', minute)),
      connection('refused', 5, 'proof-replayed'),
    );
    expect(linesOf(story).slice(1)).toEqual([
      [
        'done: connects and presents its proof, 3 times until 2026-11-20T12:04:00.000Z',
        'done: lets it in, with what it may do until the connection ends',
      ],
      ['done: connects and presents its proof', expect.stringMatching(/^failed: refuses it: the proof was shown before/)],
    ]);
  });

  test('does not run together what an operator came between', () => {
    const quarantined = anEvent({
      id: 'quarantine',
      at: NOON + 150_000,
      code: 'device.quarantined',
      actor: { kind: 'operator', arn: 'arn:ann' },
    });
    const story = tell(enrollment({ state: 'active' }), connection('granted', 2), quarantined, connection('granted', 3));
    expect(linesOf(story)).toHaveLength(4);
  });

  test.each([
    ['was refused', [connection('refused', 1, 'unknown-key')], { standing: 'refused', exchange: 'connection', reason: 'unknown-key' }],
    ['has no clock', [connection('restricted', 1, 'proof-outside-its-time')], { standing: 'waiting', reason: 'proof-outside-its-time' }],
    ['was let in and not seen yet', [connection('granted', 1)], { standing: 'waiting', exchange: 'connection' }],
    ['was never heard of', [], { standing: 'never-seen' }],
    ['got better', [connection('refused', 1, 'unknown-key'), connection('granted', 2)], { standing: 'waiting' }],
  ])('says what to do when it %s', (_, events, conclusion) => {
    const { conclusion: told } = tell(enrollment(), ...events);
    expect(told).toMatchObject(conclusion);
    expect(told.todo.length).toBeGreaterThan(0);
  });

  test('says of one that nobody enrolled why it was refused', () => {
    expect(tell(undefined, connection('refused', 1, 'unknown-serial')).conclusion).toMatchObject({
      standing: 'refused',
      reason: 'unknown-serial',
    });
  });

  test('says of one in quarantine that it speaks of its diagnosis', () => {
    const story = tell(enrollment({ state: 'quarantined', quarantinedFrom: 'active' }), connection('restricted', 1, 'quarantined'));
    expect(linesOf(story).at(-1)?.at(-1)).toMatch(/^waiting: lets it speak of its diagnosis alone/);
    expect(story.conclusion.standing).toBe('barred');
  });
});
