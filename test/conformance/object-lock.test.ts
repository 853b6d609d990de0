import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ObjectLockRetentionMode,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createS3Service } from '../../local/s3/s3-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../local/service-endpoint.ts';
import { documented } from './fact.ts';

const dayMs = 86_400_000;
const Bucket = 'archive';
const locked = 'Access Denied because object protected by object lock.';

let clock: ManualClock;
let endpoint: ServiceEndpoint;
let s3: S3Client;

beforeEach(async () => {
  clock = new ManualClock(testStartMs);
  endpoint = await serve(createS3Service({ account: testAccount, clock }).api);
  s3 = new S3Client({ ...endpoint.config, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
});
afterEach(async () => {
  s3.destroy();
  await endpoint.stop();
});

const lock = (Mode: ObjectLockRetentionMode, Days = 10) =>
  s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
    }),
  );
const put = async (Key: string, more: Partial<PutObjectCommandInput> = {}): Promise<string> =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }))).VersionId ?? '';
const drop = (Key: string, VersionId?: string, BypassGovernanceRetention = false) =>
  s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }));
const retain = (VersionId: string, days: number, more: { Mode?: ObjectLockRetentionMode; bypass?: boolean } = {}) =>
  s3.send(
    new PutObjectRetentionCommand({
      ...{ Bucket, Key: 'k', VersionId, BypassGovernanceRetention: more.bypass },
      Retention: { Mode: more.Mode ?? 'GOVERNANCE', RetainUntilDate: new Date(testStartMs + days * dayMs) },
    }),
  );
const refusal = { name: 'AccessDenied', message: locked, $metadata: { httpStatusCode: 403 } };

describe('A bucket with Object Lock', () => {
  documented(
    'S3 Guide: object-lock-configure',
    'keeps versions from the start, and can neither suspend them nor lose its lock',
    async () => {
      const suspended = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } });
      await expect(s3.send(suspended)).rejects.toMatchObject({ name: 'InvalidBucketState' });
      expect(await put('k')).toMatch(/.{20,}/);
    },
  );

  documented('S3 API: GetObjectLockConfiguration', 'tells its default, and a bucket without a lock says that it has none', async () => {
    await lock('COMPLIANCE', 30);
    expect(await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).toMatchObject({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } } },
    });
    await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
    const asked = new GetObjectLockConfigurationCommand({ Bucket: 'another' });
    await expect(s3.send(asked)).rejects.toMatchObject({ name: 'ObjectLockConfigurationNotFoundError' });
  });

  documented('S3 API: PutObjectLockConfiguration', 'is refused where versions are not kept', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
    const asked = new PutObjectLockConfigurationCommand({ Bucket: 'another', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
    await expect(s3.send(asked)).rejects.toMatchObject({ name: 'InvalidBucketState' });
  });
});

describe('A version that is locked', () => {
  documented(
    'S3 Guide: object-lock-overview',
    'has the default of its bucket, counted from when it was made, unless it brings its own',
    async () => {
      await lock('GOVERNANCE');
      const usual = await put('k');
      const own = await put('k', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(testStartMs + dayMs) });
      const head = (VersionId: string) => s3.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId }));
      expect(await head(usual)).toMatchObject({
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: new Date(testStartMs + 10 * dayMs),
      });
      expect(await head(own)).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(testStartMs + dayMs) });
    },
  );

  documented('S3 Guide: object-lock-overview', 'is deleted by nobody before its time is over, and by anybody after', async () => {
    await lock('GOVERNANCE');
    const VersionId = await put('k');
    await expect(drop('k', VersionId)).rejects.toMatchObject(refusal);
    clock.advance(10 * dayMs);
    await drop('k', VersionId);
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  documented(
    'S3 Guide: object-lock-managing',
    'in governance mode gives way to those who bypass it, in compliance mode to nobody',
    async () => {
      await lock('GOVERNANCE');
      await drop('k', await put('k'), true);
      await lock('COMPLIANCE');
      await expect(drop('k', await put('k'), true)).rejects.toMatchObject(refusal);
    },
  );

  documented('S3 API: DeleteObjects', 'is refused by itself where many are deleted at once', async () => {
    await lock('GOVERNANCE');
    const VersionId = await put('k');
    await lock('GOVERNANCE', 1);
    const Objects = [{ Key: 'k', VersionId }, { Key: 'nothing' }];
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Errors).toMatchObject([{ Key: 'k', VersionId, Code: 'AccessDenied', Message: locked }]);
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['nothing']);
  });

  documented(
    'S3 Guide: object-lock-overview',
    'is hidden by a delete marker and by a newer version, and read by its id all the same',
    async () => {
      await lock('COMPLIANCE');
      const first = await put('k', { Body: 'first' });
      await drop('k');
      await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
      await put('k', { Body: 'second' });
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: first }));
      expect(await Body?.transformToString()).toBe('first');
      const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      expect([Versions?.length, DeleteMarkers?.length]).toEqual([2, 1]);
    },
  );

  documented('S3 Guide: object-lock-managing-lifecycle', 'is protected while a delete marker over it is not', async () => {
    await lock('COMPLIANCE');
    await put('k');
    const { VersionId } = await drop('k');
    await drop('k', VersionId);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ ContentLength: 1 });
  });

  documented(
    'S3 Guide: object-lock-overview',
    'may be kept longer by anybody, and in governance mode shorter by those who bypass it',
    async () => {
      await lock('GOVERNANCE');
      const VersionId = await put('k');
      await retain(VersionId, 20);
      await expect(retain(VersionId, 5)).rejects.toMatchObject(refusal);
      await retain(VersionId, 5, { bypass: true });
      const asked = new GetObjectRetentionCommand({ Bucket, Key: 'k', VersionId });
      expect(await s3.send(asked)).toMatchObject({
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(testStartMs + 5 * dayMs) },
      });
    },
  );

  documented('S3 Guide: object-lock-overview', 'in compliance mode may be kept longer and in no way less', async () => {
    await lock('COMPLIANCE');
    const VersionId = await put('k');
    await retain(VersionId, 20, { Mode: 'COMPLIANCE' });
    await expect(retain(VersionId, 5, { Mode: 'COMPLIANCE', bypass: true })).rejects.toMatchObject(refusal);
    await expect(retain(VersionId, 30, { Mode: 'GOVERNANCE', bypass: true })).rejects.toMatchObject(refusal);
  });
});

describe('Putting an object', () => {
  documented(
    'S3 API: PutObject',
    'with a lock is refused by a bucket without one, by half of it, and with a date that is over',
    async () => {
      await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
      const until = new Date(testStartMs + dayMs);
      const both = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until } as const;
      await expect(put('k', { ...both, Bucket: 'another' })).rejects.toMatchObject({ name: 'InvalidRequest' });
      await expect(put('k', { ObjectLockMode: 'GOVERNANCE' })).rejects.toMatchObject({ name: 'InvalidArgument' });
      await expect(put('k', { ...both, ObjectLockRetainUntilDate: new Date(testStartMs) })).rejects.toMatchObject({
        name: 'InvalidArgument',
      });
    },
  );

  documented('S3 API: PutObject', 'that will be locked takes a checksum', async () => {
    await lock('GOVERNANCE');
    const bare = new S3Client({ ...endpoint.config, maxAttempts: 1, requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' });
    await expect(bare.send(command)).rejects.toMatchObject({ name: 'InvalidRequest' });
    bare.destroy();
    expect(await put('k')).not.toBe('');
  });

  documented('S3 Guide: conditional-writes', 'where none may be is refused over an object, and not over a delete marker', async () => {
    await put('k', { IfNoneMatch: '*' });
    await expect(put('k', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    await drop('k');
    expect(await put('k', { IfNoneMatch: '*' })).not.toBe('');
  });
});

describe('Versions of objects', () => {
  documented('S3 API: ListObjectVersions', 'are listed in pages, by key, the newest of a key first', async () => {
    const ids = [await put('a'), await put('b'), await put('b'), await put('c')];
    const first = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
    expect([first.IsTruncated, first.NextKeyMarker, first.NextVersionIdMarker]).toEqual([true, 'b', ids[2]]);
    const markers = { KeyMarker: first.NextKeyMarker, VersionIdMarker: first.NextVersionIdMarker };
    const second = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
    expect([...(first.Versions ?? []), ...(second.Versions ?? [])].map(({ VersionId }) => VersionId)).toEqual([
      ids[0],
      ids[2],
      ids[1],
      ids[3],
    ]);
    expect(second.IsTruncated).toBe(false);
  });
});
