import type { JobExecutions } from '../../domain/rotation/job-executions.ts';

/** Remembers which jobs succeeded, as `<thing> <job>`; `fails` makes it refuse until it is set back. */
export const recordedJobExecutions = () => {
  const succeeded: string[] = [];
  const state = { fails: false };
  const jobExecutions: JobExecutions = {
    succeed: async (job, thing) => {
      await Promise.resolve();
      if (state.fails) throw new Error('AWS IoT Jobs is not in the mood');
      succeeded.push(`${thing} ${job}`);
    },
  };
  return { jobExecutions, succeeded, state };
};
