import { AwsError } from '../aws-error.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';

/** Settings that do nothing to items and that stand-ins such as DynamoDB Local lack: a table without them is as good there. */
const dispensable = new Set(['UpdateContinuousBackups', 'PutResourcePolicy', 'DeleteResourcePolicy']);

const isDispensable = (operation: string, thrown: unknown): boolean =>
  dispensable.has(operation) && thrown instanceof AwsError && thrown.code === 'UnknownOperationException';

/** Calls a DynamoDB that somebody else runs, for resource providers. */
export const callForeignTables =
  (call: CallOperation): CallOperation =>
  async (operation, input) => {
    try {
      return await call(operation, input);
    } catch (thrown) {
      if (isDispensable(operation, thrown)) return {};
      throw thrown;
    }
  };
