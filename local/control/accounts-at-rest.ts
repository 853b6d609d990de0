import type { ControlledAccount } from './export-account.ts';

/** Longer than it takes from a message or a log line to the function that gets it. */
const REST_MS = 200;

/** Resolves once no function of these accounts has run for a fifth of a second of the machine's time. */
export const accountsAtRest = async (accounts: readonly ControlledAccount[]): Promise<void> => {
  await Promise.all(accounts.map(({ services }) => services.lambda.atRest(REST_MS)));
};
