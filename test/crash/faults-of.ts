import type { CrashReport } from './crash-import.ts';

/** What is wrong at the end of an import that was killed again and again: it must be as if it had never been. */
export const faultsOf = ({ exitCode, counts, serials, resultRows }: CrashReport, rows: number): readonly string[] => {
  const { created = 0, unchanged = 0, conflicting = 0, refused = 0 } = counts;
  const checks: readonly (readonly [string, boolean])[] = [
    [`the last run ended with ${String(exitCode)}`, exitCode === 0],
    [`${serials.length} enrollments of ${rows} rows`, serials.length === rows],
    ['a serial is there twice', new Set(serials).size === serials.length],
    [`the summary counts ${counts['rows'] ?? 0} rows`, counts['rows'] === rows && created + unchanged === rows],
    ['rows were refused', conflicting + refused === 0],
    [`the file of results tells of ${resultRows.length} rows`, resultRows.length === rows && new Set(resultRows).size === rows],
  ];
  return checks.filter(([, isRight]) => !isRight).map(([fault]) => fault);
};
