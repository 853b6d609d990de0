import type { RandomFraction } from '../backoff.ts';
import { MINUTE_MS } from '../../domain/duration.ts';

/** How a device stands that waits for an operator's approval; kept, so that a power cut does not begin the waiting anew. */
export interface ApprovalWait {
  /** How often it was refused so far. */
  readonly asked: number;
  /** Milliseconds since the epoch. */
  readonly askAgainAt: number;
}

/** What the next question depends on. */
export interface WaitingTerms {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: RandomFraction;
  /** The most that all waits may come to, in milliseconds. */
  readonly limitMs: number;
}

const FIRST_MS = [1, 5, 15].map((minutes) => minutes * MINUTE_MS);
const LATER_MS = 60 * MINUTE_MS;
/** The part of a wait by which it may be longer, so that devices that were switched on together do not stay together. */
const JITTER = 0.1;

/** For claims of lines that want approval, where nothing else is said: a week, in which somebody should have looked. */
export const DEFAULT_APPROVAL_WAIT_MS = 7 * 24 * LATER_MS;

// Counted by questions and not by the clock, which a device may set only after it has started.
const stepMs = (asked: number): number => FIRST_MS[asked - 1] ?? LATER_MS;

const waitedMs = (asked: number): number =>
  FIRST_MS.slice(0, asked).reduce((sum, ms) => sum + ms, 0) + Math.max(0, asked - FIRST_MS.length) * LATER_MS;

/** When to ask again after another refusal: 1, 5, 15, then every 60 minutes later; `undefined` when that would be too long. */
export const waitOn = (before: ApprovalWait | undefined, { now, random, limitMs }: WaitingTerms): ApprovalWait | undefined => {
  const asked = (before?.asked ?? 0) + 1;
  if (waitedMs(asked) > limitMs) return undefined;
  return { asked, askAgainAt: now + Math.floor(stepMs(asked) * (1 + JITTER * random())) };
};

/** The same wait by a clock that was set back meanwhile: never longer than it was made. */
export const withinStep = (wait: ApprovalWait, now: number): ApprovalWait => {
  const longest = Math.floor(stepMs(wait.asked) * (1 + JITTER));
  return wait.askAgainAt - now > longest ? { ...wait, askAgainAt: now + longest } : wait;
};
