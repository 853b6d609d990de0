import type { AuditEvent } from '../audit-event.ts';
import type { LineName, ThingName } from '../identifiers.ts';
import type { RotationId } from './rotation.ts';

/**
 * - `idle`: nothing is due
 * - `canary`: a few are asked, and the rest waits for how that goes
 * - `rolling`: the rest is asked
 * - `halted`: nobody is asked, before an operator says so
 */
export const campaignPhases = ['idle', 'canary', 'rolling', 'halted'] as const;

export type CampaignPhase = (typeof campaignPhases)[number];

/** Devices that were asked together, by one job. Times are in milliseconds since the epoch. */
export interface Wave {
  readonly id: RotationId;
  /** How many were asked, or may have been where whoever asked broke off. */
  readonly size: number;
  readonly startedAt: number;
  readonly until: number;
  /** What its job said last: how many of them are through, whichever way, and how many of these succeeded or failed. */
  readonly ended: number;
  readonly succeeded: number;
  readonly failed: number;
  /** When its job is asked again. */
  readonly lookAt: number;
  /** One device, which an operator had asked: it may go on where its line is halted. */
  readonly isByHand?: true;
}

/** Where a list of credentials goes on. */
export interface DuePosition {
  readonly thing: ThingName;
  readonly rotateAt: number;
}

/** That every credential of a line is to be replaced that is older. */
export interface RotationDemand {
  /** Milliseconds since the epoch. */
  readonly before: number;
  /** How far it was gone through; none at the beginning. */
  readonly after?: DuePosition;
}

/** How the replacement of a line's credentials goes: one for each line. */
export interface Campaign {
  readonly line: LineName;
  /** Grows by one with each write; each write demands the one it read. 0 is one that was never written. */
  readonly version: number;
  readonly phase: CampaignPhase;
  readonly waves: readonly Wave[];
  /** How many rotations succeeded and failed since it began; of many, the last count more. */
  readonly succeeded: number;
  readonly failed: number;
  /** While it is `canary`: how many must have ended before the rest is asked, and how many more are tried where that did not go well. */
  readonly canary?: { readonly target: number; readonly step: number };
  /** Nobody is asked before: milliseconds since the epoch. */
  readonly askAgainAt: number;
  readonly demand?: RotationDemand;
  /** An event of the last write that may not be on record yet. */
  readonly untold?: AuditEvent;
}

export const newCampaign = (line: LineName): Campaign => ({
  ...{ line, version: 0, phase: 'idle', waves: [], succeeded: 0, failed: 0, askAgainAt: 0 },
});

/** The campaign without these. */
export const lacking = (campaign: Campaign, ...names: readonly ('canary' | 'demand' | 'untold')[]): Campaign => {
  const rest = { ...campaign };
  for (const name of names) Reflect.deleteProperty(rest, name);
  return rest;
};

/** How many devices are under way. */
export const underWay = ({ waves }: Pick<Campaign, 'waves'>): number =>
  waves.reduce((sum, { size, ended }) => sum + Math.max(0, size - ended), 0);
