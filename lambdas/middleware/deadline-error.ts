/** The work was not done in time and was told to stop. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'ERR_DEADLINE';

  constructor(limitMs: number) {
    super(`The work took longer than its deadline of ${limitMs} ms.`);
  }
}
