import * as z from 'zod/mini';
import type { ClaimEntry } from '../../domain/claim/claim-ports.ts';
import { certificateId, claimName, keyDigest, lineName } from '../../domain/identifiers.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

export const CLAIMS = 'claims';
export const ENTRY = 'claim#';

const claimEntry = z.object({
  name: claimName,
  line: lineName,
  certificates: z.array(certificateId).check(z.minLength(1)),
  key: keyDigest,
  isClosed: z.boolean(),
});

export const claimEntryKey = (name: ClaimEntry['name']): Item => ({ pk: { S: CLAIMS }, sk: { S: `${ENTRY}${name}` } });

export const claimEntryItem = (entry: ClaimEntry): Item => ({ ...toItem(entry), ...claimEntryKey(entry.name) });

/** @throws StoredItemError when somebody wrote what is none. */
export const parseClaimEntryItem = (item: Item): ClaimEntry => {
  const parsed = z.safeParse(claimEntry, fromItem(item));
  if (!parsed.success) throw new StoredItemError('claim', item, parsed.error);
  return parsed.data;
};
