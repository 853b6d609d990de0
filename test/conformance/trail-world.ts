import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../local/json-object.ts';
import type { LocalAws } from '../../local/main.ts';

/** Which account, and how it is reached. */
type Account = Pick<LocalAws, 'endpoint' | 'account' | 'credentials'>;

/** A gzip file of a trail, with what is known of its object. */
export interface TrailFile {
  readonly key: string;
  readonly text: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the user guide has a trail's bucket allow ("Amazon S3 bucket policy for CloudTrail"). */
export const bucketPolicy = (bucket: string, accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } },
        ...{ Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}` },
      },
      {
        ...{ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } },
        ...{ Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/AWSLogs/${accountId}/*` },
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });

/** A bucket in which a trail of an account keeps its files, and who reads them. */
export class TrailWorld {
  readonly cloudTrail: CloudTrailClient;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly #aws: Account;

  private constructor(aws: Account, bucket: string) {
    const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
    this.cloudTrail = new CloudTrailClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    [this.bucket, this.#aws] = [bucket, aws];
  }

  static async open(aws: Account, bucket = 'trail-files'): Promise<TrailWorld> {
    const world = new TrailWorld(aws, bucket);
    await world.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await world.letIn();
    return world;
  }

  letIn(policy = bucketPolicy(this.bucket, this.#aws.account.accountId)): Promise<unknown> {
    return this.s3.send(new PutBucketPolicyCommand({ Bucket: this.bucket, Policy: policy }));
  }

  /** A trail that logs, with digests. */
  async log(Name = 'all-of-it'): Promise<void> {
    await this.cloudTrail.send(new CreateTrailCommand({ Name, S3BucketName: this.bucket, EnableLogFileValidation: true }));
    await this.cloudTrail.send(new StartLoggingCommand({ Name }));
  }

  /** The files in a folder of the account, e.g. `CloudTrail`, in the order of their names. */
  async files(folder: string): Promise<readonly TrailFile[]> {
    const Prefix = `AWSLogs/${this.#aws.account.accountId}/${folder}/`;
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix }));
    return Promise.all(
      Contents.map(async ({ Key = '' }) => {
        const { Body, Metadata = {} } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        return { key: Key, text: gunzipSync(bytes).toString(), metadata: Metadata };
      }),
    );
  }

  /** The records in all log files. */
  async records(): Promise<readonly JsonObject[]> {
    const files = await this.files('CloudTrail');
    return files.flatMap(({ text }) => (JSON.parse(text) as { readonly Records: readonly JsonObject[] }).Records);
  }

  close(): void {
    this.cloudTrail.destroy();
    this.s3.destroy();
  }
}
