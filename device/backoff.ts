/** Between 0 and 1, the 1 excluded. */
export type RandomFraction = () => number;

const BASE_MS = 1_000;
const CAP_MS = 60_000;

/** How long to wait after the n-th failure, counted from 0: full jitter, so that a fleet that lost power together does not return together. */
export const backoffMs = (failures: number, random: RandomFraction): number =>
  Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** failures));
