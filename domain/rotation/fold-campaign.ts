import { type Campaign, type Wave, lacking } from './campaign.ts';
import type { RotationSettings } from './rotation-settings.ts';
import type { RotationId } from './rotation.ts';

/** What a job says of the devices that it asks. */
export interface JobReport {
  readonly id: RotationId;
  /** False where there is no such job. */
  readonly isThere: boolean;
  /** Nobody begins any more. */
  readonly isCancelled: boolean;
  /** Everybody is through. */
  readonly isOver: boolean;
  readonly succeeded: number;
  /** Failed, refused or timed out. */
  readonly failed: number;
  readonly inProgress: number;
  /** Through in whichever way, also cancelled or removed. */
  readonly ended: number;
}

/** A job to be cancelled; `isForced` also for devices that have begun. */
export interface JobToCancel {
  readonly id: RotationId;
  readonly isForced: boolean;
}

/** What the jobs said, in a campaign; `isBad` where so much failed that it must halt. */
export interface Folded {
  readonly campaign: Campaign;
  readonly isBad: boolean;
  readonly toCancel: readonly JobToCancel[];
}

/** Whoever plans is through with a wave by then; one that has no job was left behind. */
const MAKING_MS = 900_000;
const FIRST_LOOK_MS = 240_000;
/** As many rotations are remembered; from then on, what was before counts half. */
const MEMORY = 1000;

/**
 * Takes into a campaign what its jobs say. A device that had begun when its time was over has failed; one that never heard of it, as it
 * was away, has not: it says nothing of how rotation goes.
 */
export const foldCampaign = (
  campaign: Campaign,
  reports: readonly JobReport[],
  { settings, at }: { readonly settings: RotationSettings; readonly at: number },
): Folded => {
  const byId = new Map(reports.map((report) => [report.id, report]));
  const folded = campaign.waves.map((wave) => foldWave(wave, byId.get(wave.id), at));
  const sum = (what: 'succeeded' | 'failed', before: number) =>
    folded.reduce((total, { wave }, index) => total + wave[what] - (campaign.waves[index]?.[what] ?? 0), before);
  const counted = forgetful({ succeeded: sum('succeeded', campaign.succeeded), failed: sum('failed', campaign.failed) }, settings);
  const waves = folded.filter(({ isDone }) => !isDone).map(({ wave }) => wave);
  const toCancel = folded.flatMap(({ wave, job, isDone }) => cancellationOf(campaign, { wave, job, isDone }));
  return { ...judge({ ...campaign, ...counted, waves }, settings), toCancel };
};

interface FoldedWave {
  readonly wave: Wave;
  readonly job: JobReport | undefined;
  readonly isDone: boolean;
}

const foldWave = (wave: Wave, job: JobReport | undefined, at: number): FoldedWave => {
  if (job === undefined) return { wave, job, isDone: false };
  if (!job.isThere) return { wave, job, isDone: at >= wave.startedAt + MAKING_MS };
  const isLate = at >= wave.until;
  // What a job once said stays: counts only grow.
  const succeeded = Math.max(wave.succeeded, job.succeeded);
  const failed = Math.max(wave.failed, job.failed + (isLate ? job.inProgress : 0));
  const lookAt = Math.min(wave.until, at + Math.max(FIRST_LOOK_MS, (at - wave.startedAt) / 2));
  return { wave: { ...wave, succeeded, failed, ended: Math.max(wave.ended, job.ended), lookAt }, job, isDone: isLate || job.isOver };
};

const cancellationOf = ({ phase }: Campaign, { wave, job, isDone }: FoldedWave): readonly JobToCancel[] => {
  if (job === undefined || !job.isThere || job.isOver || job.isCancelled) return [];
  if (isDone) return [{ id: wave.id, isForced: true }];
  return phase === 'halted' && wave.isByHand !== true ? [{ id: wave.id, isForced: false }] : [];
};

const forgetful = (counted: Pick<Campaign, 'succeeded' | 'failed'>, { abortAfter }: RotationSettings): typeof counted =>
  counted.succeeded + counted.failed <= Math.max(MEMORY, 2 * abortAfter)
    ? counted
    : { succeeded: Math.round(counted.succeeded / 2), failed: Math.round(counted.failed / 2) };

const judge = (campaign: Campaign, { abortAbove, abortAfter }: RotationSettings): Omit<Folded, 'toCancel'> => {
  const { phase, succeeded, failed, canary } = campaign;
  const ended = succeeded + failed;
  const isGood = failed <= abortAbove * ended;
  if (phase === 'idle' || phase === 'halted') return { campaign, isBad: false };
  if (!isGood && ended >= abortAfter) return { campaign, isBad: true };
  if (phase !== 'canary' || canary === undefined || ended < canary.target) return { campaign, isBad: false };
  if (!isGood) return { campaign: { ...campaign, canary: { ...canary, target: ended + canary.step } }, isBad: false };
  return { campaign: { ...lacking(campaign, 'canary'), phase: 'rolling' }, isBad: false };
};
