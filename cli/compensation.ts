/** Says how to undo what was just done. */
export type Undo = (what: string, act: () => Promise<unknown>) => void;

/**
 * Runs steps each of which names its own undoing; when one fails, what was done is undone in reverse.
 * @throws what failed, with what could not be undone in its message.
 */
export const withCompensation = async <Value>(steps: (undo: Undo) => Promise<Value>): Promise<Value> => {
  const done: { readonly what: string; readonly act: () => Promise<unknown> }[] = [];
  try {
    return await steps((what, act) => done.push({ what, act }));
  } catch (cause) {
    const left: string[] = [];
    for (const { what, act } of done.reverse()) await act().catch((error: unknown) => left.push(`${what} (${String(error)})`));
    throw new IncompleteError(cause, left);
  }
};

/** A sequence of steps that ended before its end. */
class IncompleteError extends Error {
  override readonly name = 'IncompleteError';
  readonly code = 'ERR_INCOMPLETE';

  constructor(cause: unknown, left: readonly string[]) {
    const state =
      left.length === 0 ? 'Everything done before was undone.' : `These could not be undone, do so by hand: ${left.join('; ')}.`;
    super(`${String(cause)}. ${state}`, { cause });
  }
}
