import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { type AuditGauge, auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { type StagingWriter, stagedKeyOf } from '../../domain/audit/staging.ts';
import { minuteOf, tallyKeyOf } from '../../domain/audit/tally.ts';
import { type LoggedEvent, readBatch } from './read-batch.ts';

export interface AuditIntakeProps {
  readonly staging: StagingWriter;
  readonly gauge: AuditGauge;
}

/**
 * Stores what the audit log was told, to be sealed, and then how many lines that were. It ends only when both are stored: what Lambda
 * brings again is the same objects, and what it gives up waits in a queue.
 */
export const createAuditIntake =
  ({ staging, gauge }: AuditIntakeProps) =>
  async (event: CloudWatchLogsEvent): Promise<void> => {
    const batch = readBatch(event);
    if (batch === undefined) return;
    const { at, events, unreadable } = batch;
    const text = events.map(({ line }) => `${line}\n`).join('');
    if (text !== '') await staging.put(stagedKeyOf(at, hash('sha256', text)), gzipSync(text));
    for (const key of tallyKeys(events)) await staging.put(key, NOTHING);
    gauge.tell({ [auditMetrics.taken]: events.length, [auditMetrics.unreadable]: unreadable });
  };

const NOTHING = new Uint8Array();

// What is stored is counted by the minutes of the log, which counts it by the same; most batches are of one.
const tallyKeys = (events: readonly LoggedEvent[]): readonly string[] =>
  [...Map.groupBy(events, ({ at }) => minuteOf(at))].map(([minute, some]) =>
    tallyKeyOf({ minute, lines: some.length }, hash('sha256', some.map(({ logId }) => logId).join('\n'))),
  );
