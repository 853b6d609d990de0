import * as z from 'zod/mini';
import { claimName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { claimIssue } from './claim-view.ts';
import { csrPem } from './claims-create.ts';
import { DAY_MS } from '../duration.ts';

/** A new certificate for the same claim and the same quota; the one before stays good for a while, so that no line stops. */
export const claimsRotate = defineOperation({
  name: 'claims.rotate',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    name: claimName,
    csrPem,
    /** How long the certificate before stays good. */
    overlapMs: z._default(z.int().check(z.minimum(0), z.maximum(30 * DAY_MS)), DAY_MS),
  }),
  output: claimIssue,
});
