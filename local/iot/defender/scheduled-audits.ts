import type { Clock, Timer } from '../../clock.ts';
import type { CheckName } from './audit-checks.data.ts';
import type { AuditStart } from './audits.ts';
import { nextAudit, type Frequency } from './audit-times.ts';

/** An audit that runs by itself. */
export interface ScheduledAudit {
  readonly name: string;
  readonly frequency: Frequency;
  readonly checks: readonly CheckName[];
}

interface Scheduled {
  readonly audit: ScheduledAudit;
  readonly timer: Timer;
  readonly previousAt: number | undefined;
}

/** The scheduled audits of one account. */
export class ScheduledAudits {
  readonly #clock: Clock;
  readonly #start: (start: AuditStart) => void;
  readonly #scheduled = new Map<string, Scheduled>();

  constructor(clock: Clock, start: (start: AuditStart) => void) {
    this.#clock = clock;
    this.#start = start;
  }

  get(name: string): ScheduledAudit | undefined {
    return this.#scheduled.get(name)?.audit;
  }

  all(): readonly ScheduledAudit[] {
    return [...this.#scheduled.values()].map(({ audit }) => audit);
  }

  /** Takes in a new one, or a changed one, which waits anew. */
  set(audit: ScheduledAudit): void {
    const previousAt = this.#scheduled.get(audit.name)?.previousAt;
    this.delete(audit.name);
    this.#wait(audit, previousAt);
  }

  delete(name: string): void {
    this.#scheduled.get(name)?.timer.cancel();
    this.#scheduled.delete(name);
  }

  stop(): void {
    for (const { timer } of this.#scheduled.values()) timer.cancel();
  }

  #wait(audit: ScheduledAudit, previousAt: number | undefined): void {
    const now = this.#clock.now();
    const run = (): void => {
      this.#wait(audit, this.#clock.now());
      const { name: scheduledAuditName, checks } = audit;
      const start: AuditStart = { checks, scheduledAuditName, taskType: 'SCHEDULED_AUDIT_TASK' };
      this.#start(previousAt === undefined ? start : { ...start, previousAt });
    };
    this.#scheduled.set(audit.name, { audit, previousAt, timer: this.#clock.setTimer(run, nextAudit(audit.frequency, now) - now) });
  }
}
