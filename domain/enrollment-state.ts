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
  'approve',
  'admit',
  'activate',
  'prove',
  'rotate',
  'complete-rotation',
  'withdraw-rotation',
  'confirm',
  'readmit',
  'settle',
  'rebind',
  'quarantine',
  'release',
  'revoke',
  'transfer',
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

const stays = (states: readonly EnrollmentState[]): Row => Object.fromEntries(states.map((state) => [state, state]));

const boundStates = ['admitted', 'active', 'rotating'] as const;

// An admission never moves an enrollment backwards: a device that returns with its bound key stays what it was. Only an
// operator's ruling for another key does: no certificate of that one was seen in use.
const table: Record<Exclude<Transition, 'release'>, Row> = {
  hold: { registered: 'pending', pending: 'pending' },
  approve: stays(['registered', 'pending']),
  admit: { registered: 'admitted', pending: 'admitted', admitted: 'admitted', active: 'active', rotating: 'rotating' },
  activate: { admitted: 'active', active: 'active', rotating: 'rotating' },
  // Seen connected by an authorizer's word: who proves itself at each connection is never admitted beforehand.
  prove: { registered: 'active', admitted: 'active' },
  rotate: { active: 'rotating' },
  'complete-rotation': { rotating: 'active' },
  'withdraw-rotation': { rotating: 'active' },
  confirm: stays(boundStates),
  // A device that changed hands has no key, but may need another code.
  readmit: stays(['registered', ...boundStates]),
  settle: stays(['pending', ...boundStates]),
  rebind: { pending: 'pending', ...always('admitted', boundStates) },
  quarantine: always('quarantined', living),
  revoke: always('revoked', [...living, 'quarantined']),
  // Its new owner's device must come in again, as if nobody had seen it.
  transfer: always('registered', living),
  decommission: always('decommissioned', [...living, 'quarantined', 'revoked']),
};

/** The standing that follows, or `undefined` where the transition is not allowed. */
export const follow = (standing: Standing, transition: Transition): Standing | undefined => {
  const { quarantinedFrom } = standing;
  if (transition === 'release') return quarantinedFrom === undefined ? undefined : { state: quarantinedFrom };
  if (isRuling(transition) && quarantinedFrom !== undefined) return ruleInQuarantine(transition, quarantinedFrom);
  const state = table[transition][standing.state];
  if (state === undefined) return undefined;
  return transition === 'quarantine' ? { state, quarantinedFrom: standing.state } : { state };
};

type Ruling = 'settle' | 'rebind';

const isRuling = (transition: Transition): transition is Ruling => transition === 'settle' || transition === 'rebind';

// It stays where it is, and a release returns it to where the ruling would have put it.
const ruleInQuarantine = (ruling: Ruling, from: EnrollmentState): Standing | undefined => {
  const then = table[ruling][from];
  return then === undefined ? undefined : { state: 'quarantined', quarantinedFrom: then };
};
