import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { type AuditGauge, auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { type StagingWriter, stagedKeyOf } from '../../domain/audit/staging.ts';
import { readBatch } from './read-batch.ts';

export interface AuditIntakeProps {
  readonly staging: StagingWriter;
  readonly gauge: AuditGauge;
}

/**
 * Stores what the audit log was told, to be sealed. It ends only when it is stored: what Lambda brings again is the same object, and
 * what it gives up waits in a queue.
 */
export const createAuditIntake =
  ({ staging, gauge }: AuditIntakeProps) =>
  async (event: CloudWatchLogsEvent): Promise<void> => {
    const batch = readBatch(event);
    if (batch === undefined) return;
    const text = batch.lines.map((line) => `${line}\n`).join('');
    if (text !== '') await staging.put(stagedKeyOf(batch.at, hash('sha256', text)), gzipSync(text));
    gauge.tell({ [auditMetrics.taken]: batch.lines.length, [auditMetrics.unreadable]: batch.unreadable });
  };
