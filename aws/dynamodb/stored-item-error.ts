import type { Item } from './attribute-values.ts';

/** An item of the table that was not written by this version, or not by Muster. */
export class StoredItemError extends Error {
  override readonly name = 'StoredItemError';
  readonly code = 'ERR_STORED_ITEM';

  constructor(kind: string, item: Item, cause: Error) {
    super(`The item "${item['pk']?.S ?? '(no key)'}" of kind "${kind}" is none that this version can read: ${cause.message}`, { cause });
  }
}
