/** A callback that waits for its time. */
export interface Due {
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

/** Of those that fall due by then, the one that is due first; among equals the one that was set first. */
export const earliestDue = <Waiting extends Due>(waiting: Iterable<Waiting>, byMs: number): Waiting | undefined => {
  let next: Waiting | undefined;
  for (const one of waiting) if (one.dueAt <= byMs && (next === undefined || one.dueAt < next.dueAt)) next = one;
  return next;
};
