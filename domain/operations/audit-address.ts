import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';

/** Where the connection came from that an event tells of, as long as that is kept; who asks is on record. */
export const auditAddress = defineOperation({
  name: 'audit.address',
  roles: ['security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({ eventId: z.string().check(z.minLength(1), z.maxLength(256)) }),
  output: z.object({
    address: z.string(),
    /** What the digest in the event was made with: hexadecimal digits. */
    salt: z.string(),
    /** When it is forgotten, in milliseconds since the epoch. */
    until: z.number(),
  }),
});
