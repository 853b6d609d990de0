import * as z from 'zod/mini';
import { auditCodes } from '../audit-event.ts';
import { claimName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { auditEntries, auditPage } from './audit-entries.ts';

/** The audit log from a time on, as it comes. */
export const auditTail = defineOperation({
  name: 'audit.tail',
  roles: ['operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({
    /** Milliseconds since the epoch, by the times of the log. */
    since: z.number(),
    code: z.exactOptional(z.enum(auditCodes)),
    serialNumber: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(256))),
    claim: z.exactOptional(claimName),
    ...auditPage,
  }),
  output: auditEntries,
});
