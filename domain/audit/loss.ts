import type { AuditCode, AuditEvent } from '../audit-event.ts';
import type { Balance, Counted } from './completeness.ts';

/** What can be lost on its way: decisions before they are in the log, and events between there and where they wait to be sealed. */
export const losses = ['decisions', 'events'] as const;

export type Loss = (typeof losses)[number];

/** What the audit log makes metrics of, in the namespace of the deployment, so that losses are found and told. */
export const lossMetrics = {
  /** Decisions of the pre-provisioning hook that the log took in. */
  decisionsLogged: 'AuditDecisionsLogged',
  /** All events that the log took in. */
  eventsLogged: 'AuditEventsLogged',
  /** How often decisions were found lost. */
  decisionsLost: 'AuditDecisionsLost',
  /** How often events were found lost. */
  eventsLost: 'AuditEventsLost',
} as const;

export const lossCodes = { decisions: 'decisions.lost', events: 'events.lost' } as const satisfies Readonly<Record<Loss, AuditCode>>;

/** What is kept from one look to the next. */
export type BalanceSheet = Readonly<Record<Loss, Balance>> & {
  /** What came before this is settled: milliseconds since the epoch. */
  readonly settled: number;
};

/** Keeps one sheet. */
export interface BalanceStore {
  /** `undefined` where there is none yet. */
  read(): Promise<BalanceSheet | undefined>;
  write(sheet: BalanceSheet): Promise<void>;
}

/** Counts by minutes what AWS says that there was, and what is there. */
export interface LossCounts {
  /** Of all minutes that begin between two instants, in milliseconds since the epoch. */
  between(span: { readonly from: number; readonly until: number }): Promise<Readonly<Record<Loss, Counted>>>;
}

/** Nothing is owed by what came before. */
export const emptySheet = (settled: number): BalanceSheet => {
  const even: Balance = { owed: 0, evenAt: settled };
  return { settled, decisions: even, events: even };
};

/** Puts a loss on record; a look that is repeated tells it under the same id. */
export const lossEvent = (loss: Loss, told: { readonly lost: number; readonly since: number; readonly at: number }): AuditEvent => ({
  schemaVersion: 1,
  id: `${lossCodes[loss]}-${told.since}`,
  code: lossCodes[loss],
  actor: { kind: 'service', name: 'audit-completeness' },
  ...told,
});
