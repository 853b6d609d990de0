import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { claimFileSchema } from '../device/claim-file.ts';
import { claimEvent } from '../domain/claim-event.ts';
import type { Claim } from '../domain/claim.ts';
import { type CertificateId, certificateId } from '../domain/identifiers.ts';
import { CommandError } from './command-error.ts';
import { type Operator, stampOf } from './operator.ts';

/**
 * Closes a claim for good: in the table first, which the hook obeys at once, then at AWS IoT, which ends its connections.
 * @throws CommandError when there is no such claim.
 */
export const closeClaim = async (operator: Operator, named: string): Promise<Claim> => {
  const id = await certificateOf(named);
  const claim = await operator.closure.closeClaim(id);
  if (claim === undefined)
    throw new CommandError(`There is no claim of certificate ${id} in this deployment; check MUSTER_CONFIG and the region.`);
  await operator.certificates.setActive(id, false);
  operator.audit.emit(claimEvent('claim.closed', claim, stampOf(operator)));
  return claim;
};

const certificateOf = async (named: string): Promise<CertificateId> => {
  const id = z.safeParse(certificateId, named);
  if (id.success) return id.data;
  try {
    const file = z.parse(claimFileSchema, JSON.parse(await readFile(named, 'utf8')));
    return z.parse(certificateId, file.certificateId);
  } catch (cause) {
    throw new CommandError(`"${named}" names no claim; expected the certificate id in 64 hexadecimal digits, or <name>.claim.json.`, {
      cause,
    });
  }
};
