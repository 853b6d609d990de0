import type { Allowance, IssuanceBudget, IssuanceRecords } from '../../domain/issuance/issuance-ports.ts';
import type { InMemoryEnrollmentStore } from './in-memory-enrollment-store.ts';

/** Claims and enrollments of a store, and counts of certificates in a map. */
export const inMemoryIssuanceStore = (store: InMemoryEnrollmentStore): IssuanceRecords & IssuanceBudget => {
  const counts = new Map<string, number>();
  return {
    claim: (certificate) => store.readClaim(certificate),
    async enrollment(thing) {
      const [found] = await store.readAlike([thing]);
      return found;
    },
    async spend({ kind, of, span, limit }: Allowance) {
      await Promise.resolve();
      const key = [kind, of, span].join(' ');
      const count = counts.get(key) ?? 0;
      if (count >= limit) return false;
      counts.set(key, count + 1);
      return true;
    },
  };
};
