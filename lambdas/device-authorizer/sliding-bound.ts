export const WINDOW_MS = 60_000;

/** When something last happened within the window, oldest first. */
export type Happenings = number[];

/** Whether `happenings` leaves room for one more at `at` where no window may hold more than `bound`. Forgets what is past. */
export const hasRoom = (happenings: Happenings, { at, bound }: { readonly at: number; readonly bound: number }): boolean => {
  while (happenings[0] !== undefined && happenings[0] <= at - WINDOW_MS) happenings.shift();
  return happenings.length < bound;
};
