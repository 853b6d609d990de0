import type { AuditEvent } from '../audit-event.ts';
import type { Stamp } from '../registration.ts';
import { type Campaign, type RotationDemand, type Wave, lacking } from './campaign.ts';
import type { WaveOrder } from './next-waves.ts';
import type { RotationSettings } from './rotation-settings.ts';
import type { RotationId } from './rotation.ts';
import { HOUR_MS } from '../duration.ts';

/** Fields of the record that an operator's halt or leave to go on has besides. */
type Said = Pick<AuditEvent, 'operation' | 'scope' | 'note'>;

type Told = Stamp & Said;

const next = (campaign: Campaign, changes: Partial<Campaign>): Campaign => ({ ...campaign, ...changes, version: campaign.version + 1 });

const eventOf = ({ line }: Campaign, code: 'rotation.demanded' | 'rotation.halted' | 'rotation.resumed', stamp: Told): AuditEvent => ({
  schemaVersion: 1,
  ...stamp,
  code,
  line,
});

/** Begins anew: a share of those that are due goes first. */
export const begin = (campaign: Campaign, { canary: share }: Pick<RotationSettings, 'canary'>, due: number): Campaign => {
  const anew: Campaign = { ...lacking(campaign, 'canary'), succeeded: 0, failed: 0 };
  if (share === 0) return { ...anew, phase: 'rolling' };
  const step = Math.max(1, Math.ceil(share * due));
  return { ...anew, phase: 'canary', canary: { target: step, step } };
};

/** With waves that are about to be asked: whoever else plans at the same moment has read the version before. */
export const withWaves = (
  campaign: Campaign,
  orders: readonly (WaveOrder & Pick<Wave, 'id' | 'isByHand'>)[],
  { askAgainAt, at, settings }: { readonly askAgainAt: number; readonly at: number; readonly settings: RotationSettings },
): Campaign => {
  const until = at + settings.patienceHours * HOUR_MS;
  const waves = orders.map(
    ({ id, size, isByHand }): Wave => ({
      ...{ id, size, startedAt: at, until, ended: 0, succeeded: 0, failed: 0, lookAt: at },
      ...(isByHand === undefined ? {} : { isByHand }),
    }),
  );
  return next(campaign, { waves: [...campaign.waves, ...waves], askAgainAt: Math.max(campaign.askAgainAt, askAgainAt) });
};

/** With the true sizes of waves, once they were asked; one that found nobody is gone. */
export const withAsked = (campaign: Campaign, sizes: ReadonlyMap<RotationId, number>, demand: RotationDemand | undefined): Campaign => {
  const waves = campaign.waves.map((wave) => ({ ...wave, size: sizes.get(wave.id) ?? wave.size })).filter(({ size }) => size > 0);
  return next({ ...lacking(campaign, 'demand'), ...(demand === undefined ? {} : { demand }) }, { waves });
};

/** When nothing is due and nobody under way. */
export const rested = (campaign: Campaign): Campaign => next(lacking(campaign, 'canary'), { phase: 'idle', succeeded: 0, failed: 0 });

/** Nobody more is asked, and whoever has not begun is not asked any longer. */
export const halted = (campaign: Campaign, stamp: Told): Campaign =>
  next(campaign, {
    phase: 'halted',
    // All jobs are looked at, and cancelled.
    waves: campaign.waves.map((wave) => ({ ...wave, lookAt: stamp.at })),
    untold: eventOf(campaign, 'rotation.halted', stamp),
  });

/** It begins anew, with a few. */
export const resumed = (campaign: Campaign, stamp: Told): Campaign => ({
  ...rested(campaign),
  untold: eventOf(campaign, 'rotation.resumed', stamp),
});

/** Every credential of the line that is older than this is asked for, as if it were due: a few first. */
export const demanded = (campaign: Campaign, stamp: Told): Campaign => ({
  ...rested(campaign),
  demand: { before: stamp.at },
  untold: eventOf(campaign, 'rotation.demanded', stamp),
});

/** Once its event is on record. */
export const told = (campaign: Campaign): Campaign => next(lacking(campaign, 'untold'), {});
