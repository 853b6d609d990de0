import { hash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Account } from '../../account.ts';
import type { EventRecord } from '../record/event-record.ts';
import type { DeliveredFile, Trail } from '../trail.ts';
import type { TrailBuckets } from './trail-bucket.ts';
import { folderOf } from './trail-bucket.ts';

/** `YYYY/MM/DD` */
export const dayPath = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '/');

/** `YYYYMMDDTHHmmZ` */
const minuteStamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Sixteen letters and digits, so that no file overwrites another. */
const uniqueString = (): string => [...randomBytes(16)].map((byte) => letters.charAt(byte % letters.length)).join('');

/** CloudTrail User Guide, "CloudTrail log file name format". Throws what the bucket refuses. */
export const deliverLogFile = (
  { account, buckets, nowMs }: { readonly account: Account; readonly buckets: TrailBuckets; readonly nowMs: number },
  trail: Trail,
  events: readonly EventRecord[],
): DeliveredFile => {
  const { accountId, region } = account;
  const text = JSON.stringify({ Records: events.map(({ json }) => json) });
  const name = `${accountId}_CloudTrail_${region}_${minuteStamp(nowMs)}_${uniqueString()}.json.gz`;
  const key = `${folderOf(account, trail)}/CloudTrail/${region}/${dayPath(nowMs)}/${name}`;
  buckets.put(trail, { key, body: gzipSync(text), metadata: {} });
  const times = events.map(({ atMs }) => atMs);
  const span = { newestMs: Math.max(...times), oldestMs: Math.min(...times) };
  return { bucketName: trail.settings.bucketName, key, hash: hash('sha256', text), ...span };
};
