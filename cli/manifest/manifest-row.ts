import type { KeyId } from '../../domain/manufacturer.ts';

/** One row of a manifest: its place, and its fields by column name. */
export interface ManifestRow {
  /** Counted from 1, the header not counted. */
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
  /** The manufacturer's key that signed this row, where rows are signed one by one. */
  readonly kid?: KeyId;
}
