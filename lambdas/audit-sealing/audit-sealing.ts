import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ArchiveKeeper, KeptObject } from '../../domain/audit/archive-keeper.ts';
import { eventsKeyOf, sealKeyOf } from '../../domain/audit/archive-layout.ts';
import { type AuditGauge, auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { type Period, closePeriod, gatherEvents, placeAfter, sealPeriod } from '../../domain/audit/seal-period.ts';
import { type Seal, type SealSigner, type SealWitness, sealText } from '../../domain/audit/seal.ts';
import { type StagedBatches, chooseStaged } from '../../domain/audit/staging.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { findLastSeal } from './find-last-seal.ts';
import { ForeignObjectError } from './foreign-object-error.ts';
import { readBatches } from './gather-staged.ts';
import type { RecentlySealed } from './recently-sealed.ts';

export interface AuditSealingProps {
  readonly staging: StagedBatches;
  readonly archive: ArchiveKeeper;
  readonly recent: RecentlySealed;
  readonly signer: SealSigner;
  /** Where seals are copied to as well; undefined where nowhere. */
  readonly witness: SealWitness | undefined;
  readonly gauge: AuditGauge;
  readonly faults: FaultLog;
  readonly clock: { now(): number };
  /** How often it runs: the first period began so long before the first run. */
  readonly periodMs: number;
}

/** What is left over when a run has no time for more is found by the next. */
const BUDGET_MS = 8 * 60_000;

/**
 * Seals what has come since the last seal. Its power can fail between any two lines, and two may run at once: an object of the archive
 * is written where there is none, what a run left half is finished by the next, and nothing is deleted before it is sealed.
 */
export const createAuditSealing = (props: AuditSealingProps) => async (): Promise<void> => {
  const startedAt = props.clock.now();
  let last = await findLastSeal(props.archive);
  if (last !== undefined) props.gauge.tell({ [auditMetrics.sealLagSeconds]: Math.max(0, Math.round((startedAt - last.until) / 1000)) });
  for (let isDone = false; !isDone && props.clock.now() - startedAt < BUDGET_MS; last = await findLastSeal(props.archive, last?.sequence)) {
    const left = await findLeftOver(props.archive, last);
    if (left === undefined) isDone = await sealNext(props, last);
    else await certify(props, left);
  }
};

interface Stored {
  readonly period: Period;
  readonly versionId: string;
  readonly bytes: Uint8Array;
}

// Events that a run wrote before its power failed: they are the next period, whatever has come since.
const findLeftOver = async (archive: ArchiveKeeper, last: Seal | undefined): Promise<Stored | undefined> => {
  const found = await archive.first(last === undefined ? 'events/' : eventsKeyOf(last.sequence + 1, last.until));
  return found === undefined ? undefined : leftOver(found, last);
};

const leftOver = ({ key, versionId, bytes, period: said }: KeptObject, last: Seal | undefined): Stored => {
  if (said === undefined) throw new ForeignObjectError(key, 'does not say which period it is of');
  const place = placeAfter(last, said.from);
  const period = key === place.key && said.from === place.from ? closePeriod(place, said.until, unpacked(key, bytes)) : undefined;
  if (period === undefined) throw new ForeignObjectError(key, 'is not of the period that is next');
  return { period, versionId, bytes };
};

const unpacked = (key: string, bytes: Uint8Array): Buffer => {
  try {
    return gunzipSync(bytes);
  } catch {
    throw new ForeignObjectError(key, 'cannot be unpacked');
  }
};

/** Answers whether nothing is left to be sealed. */
const sealNext = async (props: AuditSealingProps, last: Seal | undefined): Promise<boolean> => {
  const { archive, staging, clock, faults, gauge } = props;
  const now = clock.now();
  const { batches, until, isAll } = chooseStaged(await staging.list(), now);
  const { events, keys } = await readBatches(staging, batches, faults);
  const gathered = gatherEvents(events, await props.recent.upTo(last));
  const period = closePeriod(placeAfter(last, now - props.periodMs), until, gathered.text);
  // A clock was set back: what came waits.
  if (period === undefined) return true;
  if (gathered.conflicting.length > 0)
    faults.report(new Error(`Events with one id and other contents: ${gathered.conflicting.join(', ')}`));
  const { key, from } = period;
  const bytes = gzipSync(gathered.text);
  const versionId = await archive.put({ key, bytes, period: { from, until } });
  // Another run wrote it: it is what is left over now.
  if (versionId === undefined) return false;
  await certify(props, { period, versionId, bytes });
  await staging.remove(keys);
  gauge.tell({ [auditMetrics.sealed]: gathered.ids.length, [auditMetrics.duplicates]: gathered.duplicates });
  return isAll;
};

// Where another run has certified it, that is as good: both are over the same object.
const certify = async (props: AuditSealingProps, { period, versionId, bytes }: Stored): Promise<void> => {
  const signed = await sealPeriod(period, { versionId, sha256: hash('sha256', bytes) }, props.signer);
  const seal = Buffer.from(sealText(signed));
  const written = await props.archive.put({ key: sealKeyOf(period.sequence), bytes: seal });
  if (written !== undefined) await publish(props, period.sequence, seal);
};

// Later seals stand for those before them: one that is not copied is no reason to stop, nor to try again.
const publish = async ({ witness, faults }: AuditSealingProps, sequence: number, seal: Uint8Array): Promise<void> => {
  try {
    await witness?.keep(sequence, seal);
  } catch (cause) {
    faults.report(new Error(`The seal of period ${sequence} was not copied to the other bucket.`, { cause }));
  }
};
