import * as z from 'zod/mini';
import { auditCodes } from '../audit-event.ts';
import { certificateId, claimName, lineName, tenantName, vendorCaId } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { reasonCodes } from '../reason-code.ts';
import { auditEntries, auditPage } from './audit-entries.ts';

const text = z.string().check(z.minLength(1), z.maxLength(256));

/** What events are looked for by; each that is named must be so. */
export const auditSearched = {
  id: z.exactOptional(text),
  code: z.exactOptional(z.enum(auditCodes)),
  reason: z.exactOptional(z.enum(reasonCodes)),
  serialNumber: z.exactOptional(text),
  thingName: z.exactOptional(text),
  certificateId: z.exactOptional(certificateId),
  vendorCaId: z.exactOptional(vendorCaId),
  line: z.exactOptional(lineName),
  tenant: z.exactOptional(tenantName),
  claim: z.exactOptional(claimName),
  correlationId: z.exactOptional(text),
  /** An ARN or the last part of one, or the name of a service. */
  actor: z.exactOptional(text),
};

/** What is on record of a time, by what it is about and who caused it. */
export const auditSearch = defineOperation({
  name: 'audit.search',
  roles: ['operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({
    /** Milliseconds since the epoch, by the times of the log; `until` is not included. */
    since: z.number(),
    until: z.exactOptional(z.number()),
    ...auditSearched,
    ...auditPage,
  }),
  output: auditEntries,
});
