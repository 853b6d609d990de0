/** When a rule runs. */
export interface Schedule {
  /** The first time after `afterMs`, in milliseconds since the epoch; undefined when there is none any more. */
  next(afterMs: number): number | undefined;
}
