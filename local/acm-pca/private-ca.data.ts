import * as z from 'zod';
import { assumed, seen, type BehaviourRows } from '../iot/behaviour/row.ts';

const refusal = z.enum(['ValidationException', 'InvalidArgsException']);

/** ACM Private CA. */
export const privateCaRows = {
  'private-ca.creating-ms': assumed(
    z.int().min(0),
    2000,
    'A certificate authority is CREATING for two seconds; until then its request answers RequestInProgressException.',
  ),
  'private-ca.issuing-ms': assumed(
    z.int().min(0),
    800,
    'A certificate can be fetched 800 ms after IssueCertificate; until then GetCertificate answers RequestInProgressException.',
  ),
  'private-ca.path-length-refusal': assumed(
    refusal,
    'ValidationException',
    'A subordinate that is deeper than the path length of its issuer allows answers ValidationException.',
  ),
  'private-ca.short-lived-refusal': assumed(
    refusal,
    'ValidationException',
    'A validity of more than seven days answers ValidationException on an authority for short-lived certificates.',
  ),
  'private-ca.bucket-refusal': seen(
    z.enum(['ValidationException', 'InvalidPolicyException']),
    'ValidationException',
    'A bucket that AWS Private CA may not write to answers ValidationException, as users of Terraform saw it; the API reference names InvalidPolicyException.',
  ),
  'private-ca.crl-after-ms': seen(
    z.int().min(0),
    30 * 60_000,
    'A revocation is in the list half an hour later; the User Guide says "approximately".',
  ),
} as const satisfies BehaviourRows;
