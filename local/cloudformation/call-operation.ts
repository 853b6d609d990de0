import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import { unsupportedOperation } from '../gateway/unsupported-operation.ts';
import type { OperationInput, OperationTable } from '../gateway/operation.ts';

/** Calls one service's API operation in process, by name, as a resource provider does. Rejects with `AwsError`. */
export type CallOperation = (operation: string, input: OperationInput) => Promise<object>;

/** Makes the in-process caller of a service out of its table of operations; the calls count as the account's own. */
export const operationCaller =
  (account: Account, operations: OperationTable): CallOperation =>
  async (name, input) => {
    const operation = operations[name];
    if (operation === undefined) throw unsupportedOperation('in-process', name);
    const arn = `arn:${account.partition}:iam::${account.accountId}:root`;
    return (await operation(input, { accountId: account.accountId, accessKeyId: 'CLOUDFORMATION', arn })) ?? {};
  };

/** Awaits an operation and lets the given refusals pass, e.g. that what should be deleted is already gone. */
export const tolerating = async (codes: readonly string[], outcome: Promise<unknown>): Promise<void> => {
  try {
    await outcome;
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || !codes.includes(thrown.code)) throw thrown;
  }
};
