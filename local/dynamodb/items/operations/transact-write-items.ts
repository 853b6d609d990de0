import * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { parseInput } from '../../../gateway/parse-input.ts';
import type { CancellationReason } from '../cancellation.ts';
import { conflict, isObstacle, noReason, transactionCanceled } from '../cancellation.ts';
import { transactionCapacity } from '../consumed-capacity.ts';
import type { Item } from '../dynalite-store.ts';
import type { ItemDependencies, ItemOperation } from '../item-dependencies.ts';
import type { Engine } from '../engine.ts';
import { StagedStore } from '../staged-store.ts';
import type { TransactAction } from '../transact-item.ts';
import { actionOf, transactItem } from '../transact-item.ts';
import { lockKeys } from '../transaction-keys.ts';

const input = z.object({
  TransactItems: z.array(transactItem).min(1).max(100),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnConsumedCapacity: z.enum(['INDEXES', 'TOTAL', 'NONE']).default('NONE'),
});

/** API Reference, TransactWriteItems: the items together. */
const maxBytes = 4 * 1024 * 1024;

interface Prepared {
  readonly action: TransactAction;
  readonly run: () => Promise<object>;
  readonly existing: () => Item | undefined;
}

const prepare = (engine: Engine, actions: readonly TransactAction[], staged: StagedStore): readonly Prepared[] =>
  actions.map((action) => {
    // A check runs as a conditional delete whose write goes nowhere.
    const view = (action.isCheck ? new StagedStore(engine.store) : staged).view();
    const members = { ...action.input, ReturnConsumedCapacity: 'TOTAL' };
    return { action, run: engine.prepare(action.operation, members, view.store), existing: view.existing };
  });

interface Attempt {
  readonly reason: CancellationReason;
  readonly output: object;
}

const failure = (thrown: unknown, { action, existing }: Prepared): CancellationReason => {
  if (!(thrown instanceof AwsError)) throw thrown;
  if (thrown.code === 'ValidationException') return { Code: 'ValidationError', Message: thrown.message };
  if (thrown.code !== 'ConditionalCheckFailedException') throw thrown;
  const item = action.returnsItemOnFailure ? existing() : undefined;
  return { Code: 'ConditionalCheckFailed', Message: thrown.message, ...(item === undefined ? {} : { Item: item }) };
};

const attempt = async (prepared: Prepared): Promise<Attempt> => {
  try {
    return { reason: noReason, output: await prepared.run() };
  } catch (thrown) {
    return { reason: failure(thrown, prepared), output: {} };
  }
};

const requireSize = (engine: Engine, actions: readonly TransactAction[]): void => {
  const bytes = actions.reduce((sum, { target }) => sum + engine.itemSize('item' in target ? target.item : target.key), 0);
  if (bytes > maxBytes) throw new AwsError('ValidationException', `The transaction is ${bytes} bytes long; it may be ${maxBytes}.`);
};

/** Decides on every item before anything is written; writes all or nothing. */
const transact = async ({ engine, locks }: ItemDependencies, actions: readonly TransactAction[]): Promise<readonly object[]> => {
  const staged = new StagedStore(engine.store);
  const prepared = prepare(engine, actions, staged);
  requireSize(engine, actions);
  const keys = await lockKeys(engine, actions);
  if (!locks.hold(keys)) throw transactionCanceled(keys.map((key) => (locks.isHeld(key) ? conflict : noReason)));
  try {
    await locks.quiet(keys);
    const attempts = await Promise.all(prepared.map(attempt));
    const reasons = attempts.map(({ reason }) => reason);
    if (reasons.some(isObstacle)) throw transactionCanceled(reasons);
    await staged.commit();
    return attempts.map(({ output }) => output);
  } finally {
    locks.release(keys);
  }
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const transactWriteItems =
  (dependencies: ItemDependencies): ItemOperation =>
  (members) => {
    const wanted = parseInput(input, members);
    const actions = wanted.TransactItems.map(actionOf);
    return dependencies.tokens.once(wanted.ClientRequestToken, JSON.stringify(wanted), async () => {
      const outputs = await transact(dependencies, actions);
      return transactionCapacity(outputs, wanted.ReturnConsumedCapacity);
    });
  };
