import * as z from 'zod/mini';
import { certificateId, lineName, thingName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { findingKinds } from '../reconciliation/finding-kind.ts';
import { serialNumber } from '../serial-number.ts';

const found = z.object({
  kind: z.enum(findingKinds),
  line: z.exactOptional(lineName),
  serialNumber: z.exactOptional(serialNumber),
  thingName: z.exactOptional(thingName),
  certificateId: z.exactOptional(certificateId),
  got: z.string(),
  expected: z.string(),
  fix: z.string(),
  /** `left`: a person must decide; `planned`: it would be put right; `repaired`: it was; `failed`: it could not be. */
  result: z.enum(['left', 'planned', 'repaired', 'failed']),
});

export type ReconciliationFinding = z.infer<typeof found>;

/** Compares part of the registry with AWS IoT and puts right what is safe; `next` says where to go on. */
export const reconciliationRun = defineOperation({
  name: 'reconciliation.run',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    /** `next` of the part before. */
    after: z.exactOptional(z.string().check(z.maxLength(4096))),
  }),
  output: z.object({
    /** How many records, things and certificates were looked at. */
    looked: z.int(),
    findings: z.array(found),
    next: z.exactOptional(z.string()),
  }),
});
