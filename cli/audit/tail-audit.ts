import type { InputOf, OutputOf } from '../../domain/operation.ts';
import { auditTail } from '../../domain/operations/audit-tail.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';

export type TailEntry = OutputOf<typeof auditTail>['entries'][number];

export interface TailWishes {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly where: Pick<InputOf<typeof auditTail>, 'code' | 'serialNumber' | 'claim'>;
  readonly onEntry: (entry: TailEntry) => void;
  /** Told of entries that another version wrote. */
  readonly onUnreadable: (count: number) => void;
  /** Waits for the next look; false ends it. None means to look once. */
  readonly untilNextLook?: () => Promise<boolean>;
}

const PAGE = 1000;

/** Events become visible late and out of order: each look goes back this far, and what was told already is left out. */
export const OVERLAP_MS = 120_000;

/** Tells every event once, the oldest of each look first. */
export const tailAudit = async (client: OperationsClient, wishes: TailWishes): Promise<void> => {
  const told = new Map<string, number>();
  let since = wishes.since;
  do {
    const newest = await look(client, { ...wishes, since }, told);
    since = Math.max(since, newest - OVERLAP_MS);
    for (const [id, loggedAt] of told) if (loggedAt < since) told.delete(id);
  } while (wishes.untilNextLook !== undefined && (await wishes.untilNextLook()));
};

const look = async (
  client: OperationsClient,
  { since, where, onEntry, onUnreadable }: TailWishes,
  told: Map<string, number>,
): Promise<number> => {
  let newest = since;
  let after: string | undefined;
  do {
    const page = await client.call(auditTail, { since, ...where, limit: PAGE, ...(after === undefined ? {} : { after }) });
    if (page.unreadable > 0) onUnreadable(page.unreadable);
    for (const entry of page.entries) {
      newest = Math.max(newest, entry.loggedAt);
      if (!told.has(entry.event.id)) onEntry(entry);
      told.set(entry.event.id, entry.loggedAt);
    }
    after = page.next;
  } while (after !== undefined);
  return newest;
};
