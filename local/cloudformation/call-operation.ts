import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import { actingCaller } from '../gateway/acting-caller.ts';
import type { Caller } from '../gateway/api-service.ts';
import { unsupportedOperation } from '../gateway/unsupported-operation.ts';
import type { OperationInput, OperationTable } from '../gateway/operation.ts';

/** The account's own identity, which may do everything that policies of resources do not forbid. */
const rootOf = ({ partition, accountId }: Account): Caller => ({
  ...{ accountId, accessKeyId: 'INTERNAL' },
  arn: `arn:${partition}:iam::${accountId}:root`,
});

/** Calls one service's API operation in process, by name, as a resource provider does. Rejects with `AwsError`. */
export type CallOperation = (operation: string, input: OperationInput) => Promise<object>;

/** Makes the in-process caller of a service out of its table of operations; the calls are those of whoever acts, else the account's own. */
export const operationCaller =
  (account: Account, operations: OperationTable): CallOperation =>
  async (name, input) => {
    const operation = operations[name];
    if (operation === undefined) throw unsupportedOperation('in-process', name);
    return (await operation(input, actingCaller() ?? rootOf(account))) ?? {};
  };

/** Awaits an operation and lets the given refusals pass, e.g. that what should be deleted is already gone. */
export const tolerating = async (codes: readonly string[], outcome: Promise<unknown>): Promise<void> => {
  try {
    await outcome;
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || !codes.includes(thrown.code)) throw thrown;
  }
};
