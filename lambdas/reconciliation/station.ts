import type { Reconciled, Wishes } from './reconciler.ts';

/** A page of one of the lists that the full pass goes through. */
export interface StationPage {
  readonly reconciled: readonly Reconciled[];
  readonly looked: number;
  readonly next?: string;
}

/** One of the lists. */
export interface Station {
  readonly name: string;
  look(after: string | undefined, wishes: Wishes): Promise<StationPage>;
}
