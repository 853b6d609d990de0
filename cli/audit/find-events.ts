import type { InputOf } from '../../domain/operation.ts';
import { auditSearch } from '../../domain/operations/audit-search.ts';
import type { TailedEvent } from '../../domain/operations/audit-entries.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';

const PAGE = 1000;

export interface Search {
  readonly wanted: Omit<InputOf<typeof auditSearch>, 'limit' | 'after'>;
  /** Told of entries that another version wrote. */
  readonly onUnreadable: (count: number) => void;
}

/** Every event that is found, each once, page by page as they are read; the oldest first. */
export async function* findEvents(client: OperationsClient, { wanted, onUnreadable }: Search): AsyncGenerator<TailedEvent> {
  const told = new Set<string>();
  let after: string | undefined;
  do {
    const page = await client.call(auditSearch, { ...wanted, limit: PAGE, ...(after === undefined ? {} : { after }) });
    if (page.unreadable > 0) onUnreadable(page.unreadable);
    // What is delivered or emitted again has the same id.
    for (const { event } of page.entries) {
      if (told.has(event.id)) continue;
      told.add(event.id);
      yield event;
    }
    after = page.next;
  } while (after !== undefined);
}
