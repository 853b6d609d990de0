/** Something that the operator can mend; the message says what, and what to do. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly code = 'ERR_COMMAND';
}
