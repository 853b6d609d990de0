import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { documented } from './fact.ts';
import { allow, type Credentials, IamWorld } from './iam-world.ts';

let world: IamWorld;
let administrator: S3Client;
const clients: S3Client[] = [];

const clientOf = (credentials?: Credentials): S3Client => {
  const client = new S3Client(world.config(credentials));
  clients.push(client);
  return client;
};
const somebody = async (...statements: readonly object[]): Promise<S3Client> => clientOf((await world.user(...statements)).credentials);

beforeAll(async () => {
  world = await IamWorld.start();
  administrator = clientOf();
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await world.local.stop();
});

const lockedBucket = async (Bucket: string): Promise<string> => {
  await administrator.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const DefaultRetention = { Mode: 'GOVERNANCE', Days: 1 } as const;
  await administrator.send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
    }),
  );
  const { VersionId } = await administrator.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  return VersionId ?? '';
};

describe('Who may do what with a locked object', () => {
  documented('S3 Guide: object-lock-managing', 'takes a permission and a header to bypass governance mode', async () => {
    const VersionId = await lockedBucket('locked-one');
    const asked = (BypassGovernanceRetention: boolean) =>
      new DeleteObjectCommand({ Bucket: 'locked-one', Key: 'k', VersionId, BypassGovernanceRetention });
    const deleter = await somebody(allow('s3:DeleteObjectVersion'));
    await expect(deleter.send(asked(true))).rejects.toThrow('s3:BypassGovernanceRetention');
    const bypasser = await somebody(allow(['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention']));
    await expect(bypasser.send(asked(false))).rejects.toThrow('Access Denied because object protected by object lock.');
    await bypasser.send(asked(true));
  });

  documented('S3 Guide: object-lock-managing', 'is told what holds it only with s3:GetObjectRetention, and reads it without', async () => {
    await lockedBucket('locked-two');
    const asked = new HeadObjectCommand({ Bucket: 'locked-two', Key: 'k' });
    const reader = await somebody(allow('s3:GetObject'));
    expect((await reader.send(asked)).ObjectLockMode).toBeUndefined();
    const auditor = await somebody(allow(['s3:GetObject', 's3:GetObjectRetention']));
    expect((await auditor.send(asked)).ObjectLockMode).toBe('GOVERNANCE');
  });

  documented('S3 API: PutObject', 'takes s3:PutObjectRetention to put an object with a lock of its own', async () => {
    await lockedBucket('locked-three');
    const own = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000) } as const;
    const writer = await somebody(allow('s3:PutObject'));
    const asked = new PutObjectCommand({ Bucket: 'locked-three', Key: 'k', Body: 'x', ...own });
    await expect(writer.send(asked)).rejects.toThrow('s3:PutObjectRetention');
  });
});

describe('Who may read and write what is encrypted under a key', () => {
  documented('S3 Guide: UsingKMSEncryption', 'must be allowed to use that key, beside the object', async () => {
    const kms = new KMSClient(world.config());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    kms.destroy();
    await administrator.send(new CreateBucketCommand({ Bucket: 'encrypted' }));
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KeyMetadata?.Arn } as const };
    await administrator.send(new PutBucketEncryptionCommand({ Bucket: 'encrypted', ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    const put = new PutObjectCommand({ Bucket: 'encrypted', Key: 'k', Body: 'x' });
    const get = new GetObjectCommand({ Bucket: 'encrypted', Key: 'k' });
    const withoutKey = await somebody(allow(['s3:PutObject', 's3:GetObject']));
    await expect(withoutKey.send(put)).rejects.toThrow('kms:GenerateDataKey');
    const writer = await somebody(allow('s3:PutObject'), allow('kms:GenerateDataKey', KeyMetadata?.Arn));
    expect(await writer.send(put)).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KeyMetadata?.Arn });
    await expect(withoutKey.send(get)).rejects.toThrow('kms:Decrypt');
    const reader = await somebody(allow('s3:GetObject'), allow('kms:Decrypt', KeyMetadata?.Arn));
    expect(await (await reader.send(get)).Body?.transformToString()).toBe('x');
  });
});
