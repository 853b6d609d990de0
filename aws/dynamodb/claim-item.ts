import * as z from 'zod/mini';
import type { Claim } from '../../domain/claim.ts';
import { type CertificateId, certificateId, claimName, lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { auditEvent } from './audit-event-schema.ts';
import { StoredItemError } from './stored-item-error.ts';

const claim = z.object({
  name: claimName,
  line: lineName,
  certificateId,
  state: z.enum(['open', 'closed']),
  opensAt: z.number(),
  expiresAt: z.number(),
  quota: z.int(),
  admitted: z.int(),
  contact: z.exactOptional(z.string()),
  range: z.exactOptional(z.object({ from: serialNumber, to: serialNumber })),
  manifest: z.exactOptional(z.string()),
  technician: z.exactOptional(z.string()),
  countsOn: z.exactOptional(certificateId),
  lastAdmittedAt: z.exactOptional(z.number()),
  lastEvent: z.exactOptional(auditEvent),
});

export const claimKey = (certificate: CertificateId): Item => ({ pk: { S: `claim#${certificate}` }, sk: { S: 'claim' } });

export const claimItem = (value: Claim): Item => ({ ...toItem(value), ...claimKey(value.certificateId) });

/** @throws StoredItemError when somebody wrote what is no claim: nothing may be decided from it. */
export const parseClaimItem = (item: Item): Claim => {
  const parsed = z.safeParse(claim, fromItem(item));
  if (!parsed.success) throw new StoredItemError('claim', item, parsed.error);
  return parsed.data;
};
