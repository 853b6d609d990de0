import { Aws, Validations } from 'aws-cdk-lib';
import type { CfnCertificateAuthority } from 'aws-cdk-lib/aws-acmpca';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Lifetime } from '../lifetime.ts';

/** A list counts so long; a new one is there when half of it is over, and half an hour after a certificate was revoked. */
const LIST_DAYS = 7;

/**
 * Where an authority publishes what it revoked, for whoever reads the bucket. AWS IoT is not among them: it goes by the status that
 * a certificate has there. So certificates do not name the list, and nothing of the bucket is public.
 */
export class RevocationLists extends Construct {
  readonly configuration: CfnCertificateAuthority.RevocationConfigurationProperty;

  constructor(scope: Construct, id: string, { removalPolicy }: Lifetime) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy,
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('acm-pca.amazonaws.com')],
        // Private CA user guide, "Access policies for CRLs in Amazon S3".
        actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:PutObject', 's3:PutObjectAcl'],
        resources: [bucket.bucketArn, bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.configuration = {
      crlConfiguration: {
        enabled: true,
        expirationInDays: LIST_DAYS,
        s3BucketName: bucket.bucketName,
        s3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL',
        crlDistributionPointExtensionConfiguration: { omitExtension: true },
      },
    };
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds revocation lists, which are no secret; CloudTrail has who changed the bucket.',
    });
  }
}
