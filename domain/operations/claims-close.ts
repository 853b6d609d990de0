import * as z from 'zod/mini';
import { certificateId, claimName, lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';

/** The kill switch of a batch; safe to repeat. */
export const claimsClose = defineOperation({
  name: 'claims.close',
  roles: ['factory', 'operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    /** A name closes all certificates of the claim; a certificate id that one alone. */
    claim: z.union([z.strictObject({ name: claimName }), z.strictObject({ certificateId })]),
  }),
  output: z.object({
    name: claimName,
    line: lineName,
    closed: z.array(certificateId),
    quota: z.number(),
    admitted: z.number(),
    connections: z.object({
      /** Ended by this. */
      ended: z.number(),
      /** Seen within the last hour and over already. */
      gone: z.number(),
      /** That could not be tried in the time there was: repeat it. */
      left: z.number(),
    }),
  }),
});
