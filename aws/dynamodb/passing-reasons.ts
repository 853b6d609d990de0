// API reference of TransactWriteItems: codes that say nothing about the items.
const PASSING: readonly string[] = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** Whether a reason of a cancelled transaction says only that this was not the moment. */
export const isPassing = (code: string | undefined): boolean => code !== undefined && PASSING.includes(code);
