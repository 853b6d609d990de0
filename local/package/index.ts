export { ManualClock } from '../manual-clock.ts';
export { startLocalAws } from '../main.ts';
