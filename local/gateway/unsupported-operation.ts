import { AwsError } from '../aws-error.ts';

/** Refuses an operation that the local AWS does not have, by name, so that nobody takes the answer for AWS's own. */
export const unsupportedOperation = (service: string, operation: string): AwsError =>
  new AwsError('UnknownOperationException', `The local AWS does not support ${service}:${operation}. Its README lists what it does.`);
