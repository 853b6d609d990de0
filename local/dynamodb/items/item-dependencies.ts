import type { OperationInput } from '../../gateway/operation.ts';
import type { Engine } from './engine.ts';
import type { ItemLocks } from './item-locks.ts';
import type { RequestTokens } from './request-tokens.ts';

/** What operations on items work on. */
export interface ItemDependencies {
  readonly engine: Engine;
  readonly locks: ItemLocks;
  readonly tokens: RequestTokens;
}

/** One operation of the thread: no caller, because who may do what was decided before. */
export type ItemOperation = (input: OperationInput) => Promise<object>;
