/** Event sources that are not the IAM prefix with `.amazonaws.com` behind it. */
const sources: Readonly<Record<string, string>> = { cloudwatch: 'monitoring.amazonaws.com' };

/** e.g. `iot.amazonaws.com` */
export const eventSourceOf = (service: string): string => sources[service] ?? `${service}.amazonaws.com`;

// Lambda Developer Guide, "Logging AWS Lambda API calls using AWS CloudTrail": the names carry the version of the API.
const lambdaVersions: Readonly<Record<string, string>> = {
  ...{ AddPermission: '20150331v2', CreateAlias: '20150331', CreateEventSourceMapping: '20150331', CreateFunction: '20150331' },
  ...{ DeleteAlias: '20150331', DeleteEventSourceMapping: '20150331', DeleteFunction: '20150331', DeleteFunctionConcurrency: '20171031' },
  ...{ GetAlias: '20150331', GetEventSourceMapping: '20150331', GetFunction: '20150331v2', GetFunctionConfiguration: '20150331v2' },
  ...{ GetAccountSettings: '20160819', GetPolicy: '20150331v2', ListEventSourceMappings: '20150331', ListFunctions: '20150331' },
  ...{ ListTags: '20170331', ListVersionsByFunction: '20150331', PublishVersion: '20150331', PutFunctionConcurrency: '20171031' },
  ...{ RemovePermission: '20150331v2', TagResource: '20170331v2', UntagResource: '20170331v2', UpdateAlias: '20150331' },
  ...{ UpdateEventSourceMapping: '20150331', UpdateFunctionCode: '20150331v2', UpdateFunctionConfiguration: '20150331v2' },
};

// Amazon S3 User Guide, "Amazon S3 CloudTrail events": bucket-level calls by the names of the REST API's subresources.
const s3Names: Readonly<Record<string, string>> = {
  GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
};

/** The name under which CloudTrail records an operation. */
export const eventNameOf = (service: string, operation: string): string => {
  if (service === 'lambda') return `${operation}${lambdaVersions[operation] ?? ''}`;
  return service === 's3' ? (s3Names[operation] ?? operation) : operation;
};
