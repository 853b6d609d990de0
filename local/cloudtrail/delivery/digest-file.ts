import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Account } from '../../account.ts';
import type { DeliveredFile, PreviousDigest, Trail } from '../trail.ts';
import type { DigestKey } from './digest-key.ts';
import { dayPath } from './log-file.ts';
import type { TrailBuckets } from './trail-bucket.ts';
import { folderOf } from './trail-bucket.ts';

const stampOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

const timesOf = (files: readonly DeliveredFile[]) => ({
  newestEventTime: files.length === 0 ? null : stampOf(Math.max(...files.map(({ newestMs }) => newestMs))),
  oldestEventTime: files.length === 0 ? null : stampOf(Math.min(...files.map(({ oldestMs }) => oldestMs))),
});

const previousMembers = (previous: PreviousDigest | undefined) => ({
  previousDigestS3Bucket: previous?.bucketName ?? null,
  previousDigestS3Object: previous?.key ?? null,
  previousDigestHashValue: previous?.hash ?? null,
  previousDigestHashAlgorithm: previous === undefined ? null : 'SHA-256',
  previousDigestSignature: previous?.signature ?? null,
});

const fileMembers = (file: DeliveredFile) => ({
  ...{ s3Bucket: file.bucketName, s3Object: file.key, hashValue: file.hash, hashAlgorithm: 'SHA-256' },
  ...{ newestEventTime: stampOf(file.newestMs), oldestEventTime: stampOf(file.oldestMs) },
});

const keyOf = (account: Account, trail: Trail, endMs: number): string => {
  const { accountId, region } = account;
  const folder = `${folderOf(account, trail)}/CloudTrail-Digest/${region}/${dayPath(endMs)}`;
  const stamp = stampOf(endMs).replace(/[-:]/g, '');
  return `${folder}/${accountId}_CloudTrail-Digest_${region}_${trail.name}_${region}_${stamp}.json.gz`;
};

export interface DigestPorts {
  readonly account: Account;
  readonly buckets: TrailBuckets;
  readonly key: DigestKey;
}

/**
 * Writes the digest of the files since the last one, signed and chained to it (CloudTrail User Guide, "CloudTrail digest file
 * structure" and "Custom implementations of CloudTrail log file integrity validation"). Throws what the bucket refuses.
 */
export const deliverDigest = ({ account, buckets, key }: DigestPorts, trail: Trail, period: { startMs: number; endMs: number }): void => {
  const { startMs, endMs } = period;
  const { files, previousDigest: previous, settings } = trail;
  const object = { bucketName: settings.bucketName, key: keyOf(account, trail, endMs) };
  const text = JSON.stringify({
    ...{ awsAccountId: account.accountId, digestStartTime: stampOf(startMs), digestEndTime: stampOf(endMs) },
    ...{ digestS3Bucket: object.bucketName, digestS3Object: object.key },
    ...{ digestPublicKeyFingerprint: key.fingerprint(startMs), digestSignatureAlgorithm: 'SHA256withRSA', ...timesOf(files) },
    ...previousMembers(previous),
    logFiles: files.map(fileMembers),
  });
  const textHash = hash('sha256', text);
  const signed = [stampOf(endMs), `${object.bucketName}/${object.key}`, textHash, previous?.signature ?? 'null'].join('\n');
  const signature = key.sign(signed, startMs);
  buckets.put(trail, { key: object.key, body: gzipSync(text), metadata: { signature, 'signature-algorithm': 'SHA256withRSA' } });
  trail.previousDigest = { ...object, hash: textHash, signature, endMs };
  trail.files = [];
};
