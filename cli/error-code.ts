/** The stable code of an error of Node or of ours, e.g. `ENOENT`; none where it has none. */
export const errorCodeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
