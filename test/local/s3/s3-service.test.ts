import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createS3Service } from '../../../local/s3/s3-service.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

let endpoint: ServiceEndpoint;
let client: S3Client;
const Bucket = 'some-bucket';
beforeEach(async () => {
  endpoint = await serve(createS3Service({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  client = new S3Client(endpoint.config);
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterEach(() => endpoint.stop());

const put = (Key: string, Body: string, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: object = {}) => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body?.transformToString() };
};

describe('An object', () => {
  test('comes back as it was put, under any key', async () => {
    const key = 'a folder/ä+ö & (1)?.txt';
    await put(key, 'hello', { ContentType: 'text/plain', Metadata: { colour: 'red' } });
    expect(await get(key)).toMatchObject({
      text: 'hello',
      ContentType: 'text/plain',
      Metadata: { colour: 'red' },
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
    });
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: key }))).toMatchObject({ ContentLength: 5 });
    expect(await get(key, { Range: 'bytes=1-2' })).toMatchObject({ text: 'el', ContentRange: 'bytes 1-2/5' });
  });

  test('may be put from a stream, in chunks', async () => {
    await client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: Readable.from([Buffer.from('hel'), Buffer.from('lo')]), ContentLength: 5 }),
    );
    expect(await get('k')).toMatchObject({ text: 'hello' });
  });

  test('may be put in parts', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k', ContentType: 'text/x' }));
    const bodies = ['a'.repeat(5 * 1024 * 1024), 'b'];
    const Parts = await Promise.all(
      bodies.map(async (Body, index) => {
        const PartNumber = index + 1;
        const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body }));
        return { PartNumber, ETag };
      }),
    );
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts } }));
    const whole = await get('k');
    expect(whole.text).toBe(bodies.join(''));
    expect(whole.ETag).toMatch(/-2"$/);
    expect(whole.ContentType).toBe('text/x');
  });

  test('is not overwritten when the writer forbids it', async () => {
    await put('k', 'one', { IfNoneMatch: '*' });
    await expect(put('k', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('that is not there is refused', async () => {
    await expect(get('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('A versioned bucket', () => {
  beforeEach(() => client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })));

  test('keeps what is overwritten and hides what is deleted', async () => {
    const { VersionId } = await put('k', 'one');
    await put('k', 'two');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(get('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await get('k', { VersionId })).toMatchObject({ text: 'one' });
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([2, 1]);
  });

  test('is not deleted before its last version is gone', async () => {
    const { VersionId } = await put('k', 'one');
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k', VersionId }] } }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    expect((await client.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });
});

describe('A bucket', () => {
  test('lists its keys in pages, by prefix, folded at a delimiter', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c']) await put(key, 'x');
    const folded = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect([folded.CommonPrefixes?.map(({ Prefix }) => Prefix), folded.Contents?.map(({ Key }) => Key)]).toEqual([['a/'], ['b', 'c']]);
    const first = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3 }));
    const second = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: first.NextContinuationToken }));
    expect([first.KeyCount, first.IsTruncated, second.Contents?.map(({ Key }) => Key)]).toEqual([3, true, ['c']]);
    expect((await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/' }))).KeyCount).toBe(2);
    const both = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    const older = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/' }));
    expect([older.Contents, older.CommonPrefixes]).toEqual([both.Contents, both.CommonPrefixes]);
    const page = await client.send(new ListObjectsCommand({ Bucket, MaxKeys: 1, Delimiter: '/' }));
    const rest = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
    const countOf = ({ Contents = [], CommonPrefixes = [] }: typeof page) => Contents.length + CommonPrefixes.length;
    expect([page.IsTruncated, countOf(page) + countOf(rest)]).toEqual([true, countOf(older)]);
  });

  test('tells where it is and how it encrypts', async () => {
    expect(await client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: 'eu-central-1' });
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256');
  });

  test('is refused a name that AWS refuses, or one that is taken', async () => {
    await expect(client.send(new CreateBucketCommand({ Bucket: 'Some_Bucket' }))).rejects.toMatchObject({ name: 'InvalidBucketName' });
    await expect(client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  });

  test('is refused a policy that is none', async () => {
    await expect(client.send(new PutBucketPolicyCommand({ Bucket, Policy: '{"Statement": []}' }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
    });
  });

  test('names the operation that is not supported', async () => {
    await expect(client.send(new GetBucketAclCommand({ Bucket }))).rejects.toThrow('does not support s3: GET bucket ?acl');
  });
});
