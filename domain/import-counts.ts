import * as z from 'zod/mini';

const count = z.int().check(z.minimum(0));

/** What came of the rows of a manifest. They add up: rows = created + unchanged + conflicting + refused. */
export const importCounts = z
  .strictObject({ rows: count, created: count, unchanged: count, conflicting: count, refused: count })
  .check(
    z.refine(
      ({ rows, created, unchanged, conflicting, refused }) => rows === created + unchanged + conflicting + refused,
      'expected counts that add up to the rows',
    ),
  );

export type ImportCounts = z.infer<typeof importCounts>;
