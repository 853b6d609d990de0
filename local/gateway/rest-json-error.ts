import { randomUUID } from 'node:crypto';
import type { AwsError } from '../aws-error.ts';
import type { ApiResponse } from './api-service.ts';
import { toJsonBody } from './aws-json.ts';

/** An error in the AWS REST JSON protocol: its code in a header, message and members in the body. */
export const restJsonError = (error: AwsError): ApiResponse => ({
  status: error.status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code, 'x-amzn-requestid': randomUUID() },
  body: toJsonBody({ message: error.message, ...error.members }),
});
