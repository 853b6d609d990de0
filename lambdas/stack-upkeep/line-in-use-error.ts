/** A deployment would take a line from its devices. */
export class LineInUseError extends Error {
  override readonly name = 'LineInUseError';
  readonly code = 'ERR_LINE_IN_USE';
}
