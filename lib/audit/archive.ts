import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Lifetime } from '../lifetime.ts';

export interface AuditArchiveProps {
  readonly audit: Configuration['audit'];
  /** Over all records at rest. */
  readonly encryptionKey: IKey;
  readonly lifetime: Lifetime;
}

/** For how long what waits to be sealed can wait: no outage of ours takes so long. */
const STAGED_DAYS = 30;

/** Where history is kept so that nobody changes it: what is sealed, what waits for that, and the key that signs. */
export class AuditArchive extends Construct {
  readonly archive: Bucket;
  readonly staging: Bucket;
  readonly signingKey: Key;

  constructor(scope: Construct, id: string, props: AuditArchiveProps) {
    super(scope, id);
    const { audit, lifetime } = props;
    if (audit.lock === 'compliance' && lifetime.isEphemeral) throw undeletable();
    const usual = usualOf(props);
    this.archive = new Bucket(this, 'Archive', {
      ...usual,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention[audit.lock](Duration.days(audit.retainDays)),
    });
    // No versions: what was sealed shall not lie here a second time.
    this.staging = new Bucket(this, 'Staging', {
      ...usual,
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(STAGED_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    this.signingKey = new Key(this, 'SigningKey', {
      description: 'Muster: signs the seals of history.',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy: lifetime.removalPolicy,
    });
    new CfnOutput(this, 'BucketName', { value: this.archive.bucketName }).overrideLogicalId('AuditArchiveBucketName');
    new CfnOutput(this, 'SigningKeyArn', { value: this.signingKey.keyArn }).overrideLogicalId('AuditSigningKeyArn');
    acknowledge(this);
  }
}

const usualOf = ({ encryptionKey, lifetime: { removalPolicy } }: AuditArchiveProps): BucketProps => ({
  encryption: BucketEncryption.KMS,
  ...{ encryptionKey, removalPolicy },
  bucketKeyEnabled: true,
  enforceSSL: true,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
});

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Who reads and writes objects is in CloudTrail where the account wants that; that they are unchanged is in the seals.',
  });
};

const undeletable = (): ConfigurationError =>
  new ConfigurationError([
    {
      where: 'audit.lock',
      got: '"compliance" in a deployment that may be deleted with all its records',
      allowed: '"governance" there, because a bucket with such objects cannot be deleted before their time is over',
      fix: 'write lock: "governance", or deploy without the context muster:ephemeral',
    },
  ]);
