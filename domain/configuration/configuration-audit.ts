import * as z from 'zod/mini';

/** S3 User Guide, "Object Lock considerations": a default retention is at most a hundred years. */
const MAX_RETAIN_DAYS = 36_500;

const days = z.int().check(z.minimum(1), z.maximum(MAX_RETAIN_DAYS));

// Amazon S3 User Guide, "General purpose bucket naming rules", as far as a form can tell.
const bucketName = z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/));

/** What holds the history to what it is: how long, and against whom. */
export const audit = z.strictObject({
  /** `governance`: who has a permission that Muster gives nobody may still delete. `compliance`: nobody can, for all that time. */
  lock: z._default(z.enum(['governance', 'compliance']), 'governance'),
  /** For how long what is sealed can be neither changed nor deleted. */
  retainDays: z._default(days, 2557),
  /** The same number again, from somebody who knows that compliance mode cannot be undone. */
  confirmedDays: z.optional(days),
  /** How often a period of history is sealed, which is how much of it could be tampered with unseen. */
  sealMinutes: z._default(z.int().check(z.minimum(1), z.maximum(60)), 15),
  /** A bucket that each seal is copied to as well, best in an account of other people: it tells which history was the first. */
  publish: z.optional(z.strictObject({ bucket: bucketName })),
  /** Whose connections are on record: those under claims, which begin every story, or those of devices, too, which can be many a day. */
  connections: z._default(z.enum(['claims', 'all']), 'claims'),
});
