/** Where a device stands. The order is that of its life; the last three can be reached from anywhere. */
export const enrollmentStates = [
  'registered',
  'pending',
  'admitted',
  'active',
  'rotating',
  'quarantined',
  'revoked',
  'decommissioned',
] as const;

export type EnrollmentState = (typeof enrollmentStates)[number];

/** What can happen to an enrollment. */
export const transitions = [
  'hold',
  'admit',
  'activate',
  'rotate',
  'complete-rotation',
  'quarantine',
  'release',
  'revoke',
  'decommission',
] as const;

export type Transition = (typeof transitions)[number];

/** A state, and for a quarantined enrollment the state that a release returns it to. */
export interface Standing {
  readonly state: EnrollmentState;
  readonly quarantinedFrom?: EnrollmentState;
}

type Row = Partial<Record<EnrollmentState, EnrollmentState>>;

const always = (to: EnrollmentState, from: readonly EnrollmentState[]): Row => Object.fromEntries(from.map((state) => [state, to]));

const living = ['registered', 'pending', 'admitted', 'active', 'rotating'] as const;

// An admission never moves an enrollment backwards: a device that returns with its bound key stays what it was.
const table: Record<Exclude<Transition, 'release'>, Row> = {
  hold: { registered: 'pending', pending: 'pending' },
  admit: { registered: 'admitted', pending: 'admitted', admitted: 'admitted', active: 'active', rotating: 'rotating' },
  activate: { admitted: 'active', active: 'active' },
  rotate: { active: 'rotating' },
  'complete-rotation': { rotating: 'active' },
  quarantine: always('quarantined', living),
  revoke: always('revoked', [...living, 'quarantined']),
  decommission: always('decommissioned', [...living, 'quarantined', 'revoked']),
};

/** The standing that follows, or `undefined` where the transition is not allowed. */
export const follow = (standing: Standing, transition: Transition): Standing | undefined => {
  if (transition === 'release') return standing.quarantinedFrom === undefined ? undefined : { state: standing.quarantinedFrom };
  const state = table[transition][standing.state];
  if (state === undefined) return undefined;
  return transition === 'quarantine' ? { state, quarantinedFrom: standing.state } : { state };
};
