import { AwsError } from '../../aws-error.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { IotBehaviour } from '../../iot/behaviour/behaviour.ts';
import type { RevocationConfiguration } from '../authority-configuration.ts';
import type { PrivateAuthority } from '../private-authority.ts';
import { statusOf } from '../private-authority.ts';
import { listKeyOf } from './list-location.ts';
import { revocationList } from './revocation-list.ts';

/** The buckets that lists are written to, as far as AWS Private CA may. */
export interface ListBuckets {
  /** Whether the bucket is there and lets AWS Private CA write, publicly readable or not. */
  isWritable(bucketName: string, isPublic: boolean): boolean;
  put(bucketName: string, key: string, body: Buffer): void;
}

const dayMs = 86_400_000;

/** User Guide, "Updating a CA's CRL configuration": a new list is made when half of the old one's time is over. */
const renewalShare = 0.5;

/** Writes the revocation lists of authorities to their buckets. */
export class ListPublisher {
  readonly #clock: Clock;
  readonly #buckets: ListBuckets;
  readonly #behaviour: IotBehaviour;
  readonly #renewals = new Map<string, Timer>();

  constructor(clock: Clock, buckets: ListBuckets, behaviour: IotBehaviour) {
    this.#clock = clock;
    this.#buckets = buckets;
    this.#behaviour = behaviour;
  }

  /** Refuses a configuration whose bucket AWS Private CA could not write to. */
  requireWritable({ CrlConfiguration }: RevocationConfiguration): void {
    const { Enabled, S3BucketName = '', S3ObjectAcl = 'PUBLIC_READ' } = CrlConfiguration;
    if (!Enabled || this.#buckets.isWritable(S3BucketName, S3ObjectAcl === 'PUBLIC_READ')) return;
    throw new AwsError(
      this.#behaviour['private-ca.bucket-refusal'],
      `Permission error with your S3 bucket '${S3BucketName}'. Check that your bucket policy and S3 Block Public Access settings are configured correctly.`,
    );
  }

  /** As `publish`, as late as AWS Private CA does after a revocation. */
  publishLater(authority: PrivateAuthority): void {
    this.#clock.setTimer(() => {
      this.publish(authority);
    }, this.#behaviour['private-ca.crl-after-ms']);
  }

  /** Writes the list as it is now; an authority that has expired or is deleted writes none, nor does one without a list. */
  publish(authority: PrivateAuthority): void {
    this.#renewals.get(authority.arn)?.cancel();
    const { Enabled, S3BucketName = '', S3ObjectAcl, ExpirationInDays = 1 } = authority.revocation.CrlConfiguration;
    const status = statusOf(authority, this.#clock.now());
    if (!Enabled || (status !== 'ACTIVE' && status !== 'DISABLED')) return;
    const lifetimeMs = ExpirationInDays * dayMs;
    const renewal = this.#clock.setTimer(() => {
      this.publish(authority);
    }, lifetimeMs * renewalShare);
    this.#renewals.set(authority.arn, renewal);
    if (!this.#buckets.isWritable(S3BucketName, S3ObjectAcl !== 'BUCKET_OWNER_FULL_CONTROL')) return;
    this.#buckets.put(S3BucketName, listKeyOf(authority), revocationList(authority, this.#clock.now(), this.#clock.now() + lifetimeMs));
  }
}
