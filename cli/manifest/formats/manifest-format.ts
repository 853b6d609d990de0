import type { RegisteredKeys } from '../registered-keys.ts';
import type { ManifestRow } from '../manifest-row.ts';

/** What reading a manifest depends on besides its text. */
export interface FormatContext {
  /** For messages. */
  readonly path: string;
  /** The columns that Muster knows; all others are attributes. */
  readonly knownColumns: readonly string[];
  /** Which of a vendor's names for a device is its serial number, where there are several. */
  readonly serialFrom?: string;
  readonly keys: RegisteredKeys;
}

/** A way to write down devices. */
export interface ManifestFormat {
  readonly name: string;
  /** For `--help`. */
  readonly description: string;
  /** Whether each row carries a signature of its own, so that the file needs none. */
  readonly isSelfSigned: boolean;
  /** The names of a device that `--serial-from` may choose from; the first is the default. */
  readonly serials: readonly string[];
  /** Whether a file of this name that begins like this is one. */
  recognizes(path: string, head: string): boolean;
  /**
   * Reads row by row, holding one at a time.
   * @throws CommandError where the text is not of this format.
   */
  rows(text: AsyncIterable<string>, context: FormatContext): AsyncGenerator<ManifestRow>;
}
