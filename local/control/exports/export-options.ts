export interface ExportOptions {
  /** Whether what is secret stands in the export, too. */
  readonly withSecrets: boolean;
}

/** Stands where a secret was left out. */
export const leftOut = '(left out: ask with ?secrets=true)';
