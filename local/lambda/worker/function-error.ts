import type { FunctionError } from './worker-messages.ts';

/** Whatever was thrown, as Lambda words it. */
export const toFunctionError = (thrown: unknown): FunctionError => {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
};
