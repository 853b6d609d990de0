import type { EnrollmentMistake } from '../../domain/enroller.ts';
import type { ImportResult } from '../../domain/operations/devices-import.ts';

/** What became of one row of a manifest. */
export interface RowResult {
  readonly row: number;
  readonly serial: string;
  readonly outcome: ImportResult['outcome'];
  readonly mistakes: readonly EnrollmentMistake[];
}
