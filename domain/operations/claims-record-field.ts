import * as z from 'zod/mini';
import { certificateId, claimName, lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { claimIssue } from './claim-view.ts';
import { contact } from './claims-create.ts';

/**
 * Puts on record that a technician made a claim of five minutes (AWS IoT: "provisioning by trusted user"). One that nobody
 * recorded opens nothing.
 */
export const claimsRecordField = defineOperation({
  name: 'claims.record-field',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    name: claimName,
    line: lineName,
    certificateId,
    quota: z._default(z.int().check(z.minimum(1), z.maximum(5)), 1),
    contact: z.exactOptional(contact),
  }),
  output: z.omit(claimIssue, { certificatePem: true }),
});
