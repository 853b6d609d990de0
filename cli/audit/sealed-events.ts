import * as z from 'zod/mini';
import { auditEvent } from '../../aws/dynamodb/audit-event-schema.ts';
import { isWanted } from '../../domain/audit/audit-filter.ts';
import { sealedLines } from '../../domain/audit/verification/sealed-lines.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { DAY_MS } from '../../domain/duration.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { Search } from './find-events.ts';
import type { History } from './open-history.ts';
import { unpack } from './unpack.ts';

export interface SealedSearch extends Search {
  /** Told of a period that is not as it was sealed, by its number. */
  readonly onBroken: (sequence: number) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** Further than any clock is ahead that events get their time from. */
const MAX_AHEAD_MS = DAY_MS;

/** The events of sealed history that are wanted, by their own time, which may be long before they were sealed. */
export async function* sealedEvents(
  { archive, keys }: Pick<History, 'archive' | 'keys'>,
  { wanted: { since, until = Infinity, ...where }, onUnreadable, onBroken, onProgress }: SealedSearch,
): AsyncGenerator<AuditEvent> {
  const mayHave = ({ until: sealedUntil }: { readonly until: number }): boolean => sealedUntil + MAX_AHEAD_MS >= since;
  for await (const line of sealedLines({ archive, keys, unpack }, { isWanted: mayHave, onBroken, onProgress })) {
    const { data: event } = z.safeParse(auditEvent, parseJson(line));
    if (event === undefined) onUnreadable(1);
    else if (event.at >= since && event.at < until && isWanted(event, where)) yield event;
  }
}
