import { type Seal, type SignedSeal, sealDigest } from '../seal.ts';
import type { Flaw } from './flaw.ts';

/** What the end of history is compared with. */
export interface ExpectedEnd {
  /** When the archive was listed, in milliseconds since the epoch. */
  readonly now: number;
  /** The longest time that may have passed since the last period ended. */
  readonly maxSilenceMs: number;
  /** Since when something can have been sealed, in milliseconds since the epoch; without it, that is long ago. */
  readonly begunAt?: number | undefined;
}

/** Whether history is shorter than it should be: nothing of it shows that its end was cut off. */
export const endFlaws = (last: Seal | undefined, { now, maxSilenceMs, begunAt = -Infinity }: ExpectedEnd): readonly Flaw[] => {
  if (now - (last?.until ?? begunAt) <= maxSilenceMs) return [];
  if (last === undefined) return [{ kind: 'end-missing', sequence: 1, detail: 'nothing is sealed' }];
  const detail = `nothing was sealed after ${new Date(last.until).toISOString()}: sealing stands still, or what was sealed since is gone`;
  return [{ kind: 'standing-still', sequence: last.sequence + 1, detail }];
};

/** Whether what was sealed is what others have kept of it. */
export const witnessFlaws = (seals: readonly Seal[], witnesses: readonly SignedSeal[]): readonly Flaw[] => {
  const bySequence = new Map(seals.map((seal) => [seal.sequence, seal]));
  const end = seals.at(-1)?.sequence ?? 0;
  return witnesses.flatMap(({ seal: kept }): readonly Flaw[] => {
    const { sequence } = kept;
    const found = bySequence.get(sequence);
    if (found === undefined && sequence <= end) return [];
    if (found === undefined) return [{ kind: 'end-missing', sequence: end + 1, detail: `somebody kept the seal of period ${sequence}` }];
    if (sealDigest(found) === sealDigest(kept)) return [];
    return [{ kind: 'witness-differs', sequence, detail: `the seal ${sealDigest(found)}; somebody kept ${sealDigest(kept)}` }];
  });
};
