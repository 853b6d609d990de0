import * as z from 'zod/mini';
import { auditCodes } from '../audit-event.ts';

const actor = z.union([
  z.object({ kind: z.literal('device') }),
  z.object({ kind: z.literal('operator'), arn: z.string() }),
  z.object({ kind: z.literal('service'), name: z.string() }),
]);

/** An event as it stands in the log; docs/events.md says what its fields are. */
const event = z.looseObject({ id: z.string(), at: z.number(), code: z.enum(auditCodes), actor });

/** A page of the audit log, oldest first. A page may be empty and yet have a next. */
export const auditEntries = z.object({
  entries: z.array(z.object({ loggedAt: z.number(), event })),
  /** How many entries another version wrote, which this one cannot read. */
  unreadable: z.number(),
  next: z.exactOptional(z.string()),
});

export type TailedEvent = z.infer<typeof event>;

/** Which page: at most so many, and where the one before ended. */
export const auditPage = {
  limit: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 500),
  after: z.exactOptional(z.string().check(z.maxLength(4096))),
};
