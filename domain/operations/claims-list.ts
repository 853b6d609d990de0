import * as z from 'zod/mini';
import { claimName, lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { claimView } from './claim-view.ts';

/** A page of the claims within the caller's scope, in the order of their names. */
export const claimsList = defineOperation({
  name: 'claims.list',
  roles: ['factory', 'operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({
    line: z.exactOptional(lineName),
    /** Closed ones too. */
    all: z._default(z.boolean(), false),
    /** `next` of the page before. */
    after: z.exactOptional(claimName),
  }),
  output: z.object({ claims: z.array(claimView), next: z.exactOptional(claimName) }),
});
