import { type Campaign, underWay } from './campaign.ts';
import { type MaintenanceWindow, isOpenAt } from './maintenance-window.ts';
import type { RotationSettings } from './rotation-settings.ts';
import { MINUTE_MS } from '../duration.ts';

/** General Reference, "AWS IoT Jobs limits": targets of one job. */
const MAX_TARGETS = 100;
/** The jobs of one run bring themselves to devices over so many minutes: they are through before the next run, five minutes later. */
const SPREAD_MINUTES = 4;
/** All waves are in one item, and each costs a request whenever it is looked at. */
const MAX_WAVES = 200;
/** A job appears at devices a moment after it was created. */
const SLACK_MS = 30_000;

/** A job to be made: for at most so many devices, told at most so many a minute. */
export interface WaveOrder {
  readonly size: number;
  readonly perMinute: number;
}

export interface NextWaves {
  readonly orders: readonly WaveOrder[];
  /** Milliseconds since the epoch. */
  readonly askAgainAt: number;
}

/** What may be asked now; nothing where nothing may. */
export const nextWaves = (campaign: Campaign, settings: RotationSettings, at: number): NextWaves => {
  const nothing: NextWaves = { orders: [], askAgainAt: campaign.askAgainAt };
  const minutes = openMinutes(settings.windows, at);
  if (campaign.phase === 'halted' || campaign.phase === 'idle' || at < campaign.askAgainAt || minutes === 0) return nothing;
  const jobs = Math.ceil((settings.perMinute * SPREAD_MINUTES) / MAX_TARGETS);
  const perMinute = Math.floor(settings.perMinute / jobs);
  const most = Math.min(jobs, MAX_WAVES - campaign.waves.filter(({ isByHand }) => isByHand !== true).length);
  return { orders: ordersFor(roomIn(campaign, settings), { most, perMinute, minutes }), askAgainAt: at + minutes * MINUTE_MS };
};

const roomIn = (campaign: Campaign, { atOnce }: RotationSettings): number => {
  const open = underWay(campaign);
  const { phase, canary, succeeded, failed } = campaign;
  const ofCanary = phase === 'canary' && canary !== undefined ? canary.target - succeeded - failed - open : Infinity;
  return Math.max(0, Math.min(atOnce - open, ofCanary));
};

const ordersFor = (
  room: number,
  { most, perMinute, minutes }: { readonly most: number; readonly perMinute: number; readonly minutes: number },
): readonly WaveOrder[] => {
  const largest = perMinute * minutes;
  const count = Math.max(0, Math.min(most, Math.ceil(room / largest)));
  return Array.from({ length: count }, (_, index) => ({ size: Math.min(largest, room - index * largest), perMinute }));
};

// How many of the next minutes are open, one after the other.
const openMinutes = (windows: readonly MaintenanceWindow[], at: number): number => {
  const starts = Array.from({ length: SPREAD_MINUTES }, (_, minute) => at + minute * MINUTE_MS);
  const closed = starts.findIndex((start) => !isOpenAt(windows, start) || !isOpenAt(windows, start + SLACK_MS));
  return closed === -1 ? SPREAD_MINUTES : closed;
};
