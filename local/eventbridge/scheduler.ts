import type { Clock, Timer } from '../clock.ts';
import type { Rule } from './rule.ts';

interface Running {
  readonly timer: Timer;
  /** When it was switched on, or given another schedule: rates count from there. */
  readonly expression: string;
}

/**
 * Runs rules when they are due. AWS promises a run for every time of a schedule, but no catching up with times that
 * nobody lived through: a jump of the clock over several of a rule's times is one run, for the last of them.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #run: (rule: Rule, scheduledAtMs: number) => void;
  readonly #running = new Map<Rule, Running>();
  readonly #due = new Map<Rule, number>();

  constructor(clock: Clock, run: (rule: Rule, scheduledAtMs: number) => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Takes in a rule that is new or has changed. One that stays as it is keeps its rhythm. */
  follow(rule: Rule): void {
    const { timing, state } = rule.settings;
    const isOn = timing !== undefined && state !== 'DISABLED';
    if (isOn && this.#running.get(rule)?.expression === timing.expression) return;
    this.forget(rule);
    if (isOn) this.#wait(rule, timing, this.#clock.now());
  }

  forget(rule: Rule): void {
    this.#running.get(rule)?.timer.cancel();
    this.#running.delete(rule);
    this.#due.delete(rule);
  }

  stop(): void {
    for (const rule of this.#running.keys()) this.forget(rule);
  }

  #wait(rule: Rule, timing: NonNullable<Rule['settings']['timing']>, afterMs: number): void {
    const dueAtMs = timing.schedule.next(afterMs);
    if (dueAtMs === undefined) return;
    const timer = this.#clock.setTimer(() => {
      this.#wait(rule, timing, dueAtMs);
      this.#fallDue(rule, dueAtMs);
    }, dueAtMs - this.#clock.now());
    this.#running.set(rule, { timer, expression: timing.expression });
  }

  #fallDue(rule: Rule, dueAtMs: number): void {
    const isFirst = this.#due.size === 0;
    this.#due.set(rule, dueAtMs);
    // A clock that jumps fires all that falls due before anything else can happen.
    if (isFirst) {
      queueMicrotask(() => {
        this.#runDue();
      });
    }
  }

  #runDue(): void {
    const due = [...this.#due];
    this.#due.clear();
    for (const [rule, scheduledAtMs] of due) this.#run(rule, scheduledAtMs);
  }
}
