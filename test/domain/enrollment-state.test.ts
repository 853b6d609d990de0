import fc from 'fast-check';
import {
  type EnrollmentState,
  type Standing,
  type Transition,
  enrollmentStates,
  follow,
  transitions,
} from '../../domain/enrollment-state.ts';

const anyTransition = fc.constantFrom(...transitions);
const anyStory = fc.array(anyTransition, { maxLength: 40 });
const final: readonly EnrollmentState[] = ['revoked', 'decommissioned'];

/** Every standing of a life, in order; a transition that is not allowed leaves it as it was. */
const live = (story: readonly Transition[]): readonly Standing[] =>
  story.reduce<readonly Standing[]>(
    (lived, transition) => [...lived, follow(lived.at(-1) ?? born, transition) ?? lived.at(-1) ?? born],
    [born],
  );

const born: Standing = { state: 'registered' };

describe('The life of an enrollment', () => {
  test('every state is reached by some story', () => {
    const reached = new Set<EnrollmentState>(['registered']);
    // A set hands out what is added while it is walked.
    for (const state of reached) {
      for (const transition of transitions) reached.add(follow({ state }, transition)?.state ?? state);
    }
    expect([...reached].sort()).toEqual([...enrollmentStates].sort());
  });

  test('whatever happens, it stands in a state that exists', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const { state } of live(story)) expect(enrollmentStates).toContain(state);
      }),
    );
  });

  test('it is active only after an admission and an activation, unless it proves itself at each connection', () => {
    fc.assert(
      fc.property(anyStory, (told) => {
        const story = told.filter((transition) => transition !== 'prove');
        const lived = live(story);
        const activeAt = lived.findIndex(({ state }) => state === 'active');
        if (activeAt === -1) return;
        const before = story.slice(0, activeAt);
        expect(before).toContain('admit');
        expect(before.indexOf('admit')).toBeLessThan(before.lastIndexOf('activate'));
      }),
    );
  });

  test('once decommissioned, it stays so; once revoked, it can only be decommissioned', () => {
    fc.assert(
      fc.property(anyStory, anyTransition, (story, transition) => {
        const last = live(story).at(-1) ?? born;
        if (!final.includes(last.state)) return;
        const next = follow(last, transition)?.state ?? last.state;
        expect(last.state === 'decommissioned' ? ['decommissioned'] : ['revoked', 'decommissioned']).toContain(next);
      }),
    );
  });

  test('a release from quarantine returns to the state that it came from', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const before = live(story).at(-1) ?? born;
        const quarantined = follow(before, 'quarantine');
        if (quarantined === undefined) return;
        expect(quarantined).toEqual({ state: 'quarantined', quarantinedFrom: before.state });
        expect(follow(quarantined, 'release')).toEqual({ state: before.state });
      }),
    );
  });

  test('only a quarantined one can be released', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const last = live(story).at(-1) ?? born;
        expect(follow(last, 'release') !== undefined).toBe(last.state === 'quarantined');
      }),
    );
  });

  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('none that is %s is admitted or activated', (state) => {
    const standing = { state, quarantinedFrom: 'active' } as const;
    expect([follow(standing, 'admit'), follow(standing, 'activate')]).toEqual([undefined, undefined]);
  });

  test.each(['admitted', 'active', 'rotating'] as const)('a device that returns with its key stays %s', (state) => {
    expect(follow({ state }, 'admit')).toEqual({ state });
  });
});

describe('Every transition from every state', () => {
  // One column per state, in the order of `enrollmentStates`; a dot is a transition that is not allowed.
  const expected: Record<Transition, string> = {
    hold: 'pending pending . . . . . .',
    approve: 'registered pending . . . . . .',
    admit: 'admitted admitted admitted active rotating . . .',
    activate: '. . active active rotating . . .',
    prove: 'active . active . . . . .',
    rotate: '. . . rotating . . . .',
    'complete-rotation': '. . . . active . . .',
    'withdraw-rotation': '. . . . active . . .',
    confirm: '. . admitted active rotating . . .',
    readmit: 'registered . admitted active rotating . . .',
    settle: '. pending admitted active rotating . . .',
    rebind: '. pending admitted admitted admitted . . .',
    quarantine: 'quarantined quarantined quarantined quarantined quarantined . . .',
    release: '. . . . . . . .',
    revoke: 'revoked revoked revoked revoked revoked revoked . .',
    transfer: 'registered registered registered registered registered . . .',
    decommission: 'decommissioned decommissioned decommissioned decommissioned decommissioned decommissioned decommissioned .',
  };

  test.each(transitions)('%s', (transition) => {
    const reached = enrollmentStates.map((state) => follow({ state }, transition)?.state ?? '.');
    expect(reached.join(' ')).toBe(expected[transition]);
  });

  test.each([
    ['release', 'active', { state: 'active' }],
    ['settle', 'active', { state: 'quarantined', quarantinedFrom: 'active' }],
    ['rebind', 'active', { state: 'quarantined', quarantinedFrom: 'admitted' }],
    ['rebind', 'pending', { state: 'quarantined', quarantinedFrom: 'pending' }],
    ['rebind', 'registered', undefined],
    ['revoke', 'active', { state: 'revoked' }],
  ] as const)('%s of one that was quarantined when %s', (transition, quarantinedFrom, standing) => {
    expect(follow({ state: 'quarantined', quarantinedFrom }, transition)).toEqual(standing);
  });
});
