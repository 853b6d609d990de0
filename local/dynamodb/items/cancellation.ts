import { AwsError } from '../../aws-error.ts';
import type { Item } from './dynalite-store.ts';

/** Why one item of a transaction was no obstacle (`None`) or was one, as `CancellationReasons` carries it. */
export interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: Item;
}

export const noReason: CancellationReason = { Code: 'None' };

export const conflict: CancellationReason = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };

/** The refusal of a whole transaction, with one reason per item in the order of the request. */
export const transactionCanceled = (reasons: readonly CancellationReason[]): AwsError => {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`;
  // This shape's message is spelt with a capital, unlike that of the other errors.
  return new AwsError('TransactionCanceledException', message, { members: { Message: message, CancellationReasons: reasons } });
};

export const isObstacle = (reason: CancellationReason): boolean => reason.Code !== 'None';
