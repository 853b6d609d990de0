import type { ImportCounts } from '../../domain/import-counts.ts';
import type { ImportResult } from '../../domain/operations/devices-import.ts';

export const noCounts: ImportCounts = { rows: 0, created: 0, unchanged: 0, conflicting: 0, refused: 0 };

export const addCounts = (one: ImportCounts, other: ImportCounts): ImportCounts => ({
  rows: one.rows + other.rows,
  created: one.created + other.created,
  unchanged: one.unchanged + other.unchanged,
  conflicting: one.conflicting + other.conflicting,
  refused: one.refused + other.refused,
});

export const countsOf = (results: readonly ImportResult[]): ImportCounts => {
  const counts = { ...noCounts, rows: results.length };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
};
