/** What is done in a service's data rather than to its resources: data events, which no trail records unless it is asked (CloudTrail User Guide, "Logging data events"). */
const dataOperations: Readonly<Record<string, RegExp>> = {
  cloudwatch: /^PutMetricData$/,
  dynamodb: /Item|^(?:Query|Scan)$|Statement$/,
  events: /^PutEvents$/,
  'execute-api': /./,
  iotjobsdata: /./,
  lambda: /^Invoke/,
  logs: /^(?:PutLogEvents|CreateLogStream)$/,
  s3: /Object(?!Lock)|Multipart|UploadPart|^HeadBucket$/,
  sns: /^Publish/,
  sqs: /Message/,
};

/** Whether CloudTrail counts a call among the management events. */
export const isManagementEvent = (service: string, operation: string): boolean => !(dataOperations[service]?.test(operation) ?? false);

// KMS Developer Guide, "Logging AWS KMS API calls": what uses a key reads; STS's AssumeRole counts as reading, too.
const readingOperations: Readonly<Record<string, RegExp>> = {
  cloudtrail: /^Lookup/,
  cloudformation: /^(?:Detect|Validate)/,
  iam: /^(?:Simulate|Generate)/,
  iot: /^(?:Test|Search)/,
  kms: /^(?:Encrypt|Decrypt|ReEncrypt|GenerateDataKey.*|GenerateMac|VerifyMac|Sign|Verify)$/,
  logs: /^(?:FilterLogEvents|StartQuery|TestMetricFilter)$/,
  sts: /^AssumeRole/,
};

/** The `readOnly` of a record. */
export const isReadOnly = (service: string, operation: string): boolean =>
  /^(?:Get|List|Describe|Head)/.test(operation) || (readingOperations[service]?.test(operation) ?? false);
