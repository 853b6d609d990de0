import type { EvidenceName } from './evidence.data.ts';

/** One thing that a framework asks for, and what becomes of it. */
export interface Requirement {
  /** As the framework numbers or names it. */
  readonly id: string;
  /** What it asks for, in words of our own. */
  readonly asks: string;
  /** What Muster does for it; nothing where it is the user's alone. */
  readonly feature: string;
  readonly shownBy: readonly EvidenceName[];
  /** What the user of Muster must do. */
  readonly remains: string;
}

/** A framework, with what of it applies. */
export interface Framework {
  readonly title: string;
  /** Where it is from, and what was left out and why. */
  readonly about: string;
  readonly requirements: readonly Requirement[];
}

/** What the user does alone. */
export const alone = (id: string, asks: string, remains: string): Requirement => ({ id, asks, feature: '', shownBy: [], remains });
