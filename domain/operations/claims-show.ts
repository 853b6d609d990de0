import * as z from 'zod/mini';
import { claimName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { claimView } from './claim-view.ts';

/** One claim, with what was refused under it. */
export const claimsShow = defineOperation({
  name: 'claims.show',
  roles: ['factory', 'operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({ name: claimName }),
  output: z.object({ claim: claimView }),
});
