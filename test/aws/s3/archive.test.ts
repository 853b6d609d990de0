import { CreateBucketCommand, DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3Archive } from '../../../aws/s3/archive.ts';
import { createS3SealWitness } from '../../../aws/s3/seal-witness.ts';
import { verifyArchive } from '../../../domain/audit/verification/verify-archive.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createS3Service } from '../../../local/s3/s3-service.ts';
import { type StoredVersion, aSealedArchive } from '../../builders/sealed-archive.ts';
import { unpack } from '../../fakes/in-memory-archive.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../../local/service-endpoint.ts';

const Bucket = 'archive';
let endpoint: ServiceEndpoint;
let client: S3Client;
beforeEach(async () => {
  endpoint = await serve(createS3Service({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  client = new S3Client(endpoint.config);
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});
afterEach(() => endpoint.stop());

const put = async (key: string, bytes: Uint8Array) => {
  const { VersionId = '' } = await client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes }));
  return VersionId;
};
const all = async () => {
  const versions = [];
  for await (const version of createS3Archive(client, Bucket).list()) versions.push(version);
  return versions;
};

describe('The archive in S3', () => {
  test('is read by versions: what was overwritten, and what lies under a delete marker', async () => {
    const archive = createS3Archive(client, Bucket);
    const key = 'events/date=2026-11-20/000000000001.jsonl.gz';
    const [old, next] = [await put(key, Buffer.from('old')), await put(key, Buffer.from('new'))];
    await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    const versions = await all();
    expect(versions.map(({ versionId, isDeleteMarker }) => [versionId, isDeleteMarker])).toEqual([
      [next, false],
      [old, false],
      [expect.any(String), true],
    ]);
    expect(versions.map(({ storedAt }) => storedAt)).toEqual([testStartMs, testStartMs, testStartMs]);
    const read = await Promise.all([old, next, 'never'].map((versionId) => archive.read({ key, versionId })));
    expect(read.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(['old', 'new', undefined]);
    expect(await archive.read({ key: 'never', versionId: old })).toBeUndefined();
  });

  test('is listed to its end, whatever keys somebody wrote into it', async () => {
    const keys = Array.from({ length: 1003 }, (_, index) => `seals/${index} %2F+&\u0001\u202e`);
    for (let next = 0; next < keys.length; next += 40)
      await Promise.all(keys.slice(next, next + 40).map((key) => put(key, Buffer.from(''))));
    expect((await all()).map(({ key }) => key).sort()).toEqual(keys.sort());
  });

  test('is witnessed elsewhere by each seal, once, below the prefix of the deployment', async () => {
    const witness = createS3SealWitness(client, Bucket, 'muster');
    await witness.keep(7, Buffer.from('first'));
    await witness.keep(7, Buffer.from('second'));
    const [kept, ...others] = await all();
    expect([kept?.key, others]).toEqual(['muster/seals/000000000007.json', []]);
    expect(Buffer.from((await createS3Archive(client, Bucket).read(kept ?? { key: '', versionId: '' })) ?? '').toString()).toBe('first');
  });

  test('is verified as it stands there', async () => {
    const sealed = await aSealedArchive([2, 0], undefined, (key, bytes) => put(key, bytes));
    const wish = { first: 1, now: sealed.until, maxSilenceMs: 1, witnesses: [], onProgress: () => undefined };
    const ports = { archive: createS3Archive(client, Bucket), unpack, keys: [sealed.publicKey] };
    expect(await verifyArchive(ports, wish)).toMatchObject({ isIntact: true, events: 2 });
    const [events] = sealed.versions satisfies readonly StoredVersion[];
    await client.send(new DeleteObjectCommand({ Bucket, Key: events?.key, VersionId: events?.versionId }));
    expect((await verifyArchive(ports, wish)).flaws.map(({ kind, sequence }) => [kind, sequence])).toEqual([['events-missing', 1]]);
  });
});
