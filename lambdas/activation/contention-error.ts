/** Other writers changed an enrollment faster than it could be settled. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
  readonly code = 'ERR_CONTENTION';

  constructor(thing: string) {
    super(`The enrollment of "${thing}" was changed by others at every attempt. Its messages return to the queue.`);
  }
}
