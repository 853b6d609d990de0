import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { ObjectVersion } from './bucket.ts';
import { Bucket } from './bucket.ts';
import { noSuchBucket } from './s3-errors.ts';

// S3 User Guide, "General purpose bucket naming rules".
const namePattern = /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of one account. */
export class BucketStore {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(name: string): Bucket {
    if (!namePattern.test(name))
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { members: { BucketName: name } });
    if (this.#buckets.has(name)) {
      const message = 'Your previous request to create the named bucket succeeded and you already own it.';
      throw new AwsError('BucketAlreadyOwnedByYou', message, { status: 409, members: { BucketName: name } });
    }
    const bucket = new Bucket(name, this.#clock);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  get(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  has(name: string): boolean {
    return this.#buckets.has(name);
  }

  /** The current version of an object that is there. */
  findObject(bucketName: string, key: string): ObjectVersion | undefined {
    const version = this.#buckets.get(bucketName)?.find(key);
    return version?.isDeleteMarker === true ? undefined : version;
  }

  list(): readonly Bucket[] {
    return [...this.#buckets.values()];
  }

  delete(name: string): void {
    const bucket = this.get(name);
    if (!bucket.isEmpty) {
      const detail = bucket.versioning === 'Disabled' ? '' : ' You must delete all versions in the bucket.';
      throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty.${detail}`, {
        status: 409,
        members: { BucketName: name },
      });
    }
    this.#buckets.delete(name);
  }
}
