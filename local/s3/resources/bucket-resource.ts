import * as z from 'zod';
import type { Account } from '../../account.ts';
import { booleanProperty, parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../../iam/access/guard-operations.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { lockBucket } from '../operations/bucket-object-lock.ts';

const type = 'AWS::S3::Bucket';

const schema = z.strictObject({
  BucketName: z.string().optional(),
  AccessControl: z.string().optional(),
  BucketEncryption: z.unknown().optional(),
  LifecycleConfiguration: z.unknown().optional(),
  LoggingConfiguration: z.unknown().optional(),
  ObjectLockConfiguration: z.unknown().optional(),
  ObjectLockEnabled: booleanProperty.optional(),
  OwnershipControls: z.unknown().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
});

/** Which operation sets which property (https://github.com/aws-cloudformation/cloudformation-resource-schemas). */
const settingOperations: Readonly<Record<string, string>> = {
  BucketEncryption: 'PutBucketEncryption',
  LifecycleConfiguration: 'PutBucketLifecycleConfiguration',
  LoggingConfiguration: 'PutBucketLogging',
  ObjectLockConfiguration: 'PutObjectLockConfiguration',
  OwnershipControls: 'PutBucketOwnershipControls',
  PublicAccessBlockConfiguration: 'PutPublicAccessBlock',
  Tags: 'PutBucketTagging',
  VersioningConfiguration: 'PutBucketVersioning',
};

const askForSettings = (ask: AskIam, Bucket: string, properties: Properties): void => {
  for (const [property, operation] of Object.entries(settingOperations)) if (properties[property] !== undefined) ask(operation, { Bucket });
};

const configure = (bucket: Bucket, raw: Properties): void => {
  const properties = parseProperties(type, schema, raw);
  bucket.settings = properties;
  const isLocked = bucket.objectLock !== undefined || properties.ObjectLockEnabled === true;
  // Versioning once enabled can only be suspended (S3 User Guide, "Using versioning in S3 buckets").
  const whenUnset = bucket.versioning === 'Disabled' ? 'Disabled' : 'Suspended';
  // Object Lock brings versions with it, and neither goes again (S3 User Guide, "Object Lock considerations").
  bucket.versioning = isLocked ? 'Enabled' : (properties.VersioningConfiguration?.Status ?? whenUnset);
  if (isLocked) lockBucket(bucket, properties.ObjectLockConfiguration ?? {});
};

const stateOf = (name: string, account: Account): ResourceState => ({
  physicalId: name,
  attributes: {
    Arn: `arn:${account.partition}:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${account.region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${account.region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${account.region}.amazonaws.com`,
  },
});

/** `AWS::S3::Bucket`. Settings other than versioning, Object Lock and encryption are stored and answered, not enforced. */
export const bucketResource = (buckets: BucketStore, account: Account, ask: AskIam): ResourceProvider =>
  synchronousProvider({
    type,
    createOnly: ['BucketName'],
    create: (raw, context) => {
      const properties = parseProperties(type, schema, raw);
      const name = properties.BucketName ?? context.generateName(63).toLowerCase();
      ask('CreateBucket', { Bucket: name });
      askForSettings(ask, name, raw);
      const bucket = buckets.create(name);
      configure(bucket, raw);
      return stateOf(bucket.name, account);
    },
    update: (state, { to }) => {
      askForSettings(ask, state.physicalId, to);
      configure(buckets.get(state.physicalId), to);
      return state;
    },
    delete: (state) => {
      ask('DeleteBucket', { Bucket: state.physicalId });
      if (buckets.has(state.physicalId)) buckets.delete(state.physicalId);
    },
  });
