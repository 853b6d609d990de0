import type { Clock, Timer } from '../../clock.ts';
import { type JobExecution, timesOutAt } from './job.ts';
import type { JobListener } from './job-store.ts';

/** Calls back when an execution has run for longer than it may. */
export const watchExecutionTimes = (clock: Clock, onTimeOut: (execution: JobExecution) => void): JobListener => {
  const timers = new Map<number, Timer>();
  return (change) => {
    if (change.kind === 'job') return;
    const { before, after } = change;
    const executionNumber = (after ?? before)?.executionNumber ?? 0;
    timers.get(executionNumber)?.cancel();
    timers.delete(executionNumber);
    const dueAt = after === undefined ? Infinity : timesOutAt(after);
    if (after === undefined || dueAt === Infinity) return;
    const timer = clock.setTimer(() => {
      timers.delete(executionNumber);
      onTimeOut(after);
    }, dueAt - clock.now());
    timers.set(executionNumber, timer);
  };
};
