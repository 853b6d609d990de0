import { AwsError } from '../aws-error.ts';

export const noSuchBucket = (bucketName: string): AwsError =>
  new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, members: { BucketName: bucketName } });
export const noSuchKey = (key: string): AwsError =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key: key } });
export const noSuchVersion = (key: string, versionId: string): AwsError =>
  new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404, members: { Key: key, VersionId: versionId } });
export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgument', message);
export const malformedXml = (): AwsError =>
  new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequest', message);
export const invalidBucketState = (message: string): AwsError => new AwsError('InvalidBucketState', message, { status: 409 });
