import { randomUUID } from 'node:crypto';
import type { AwsError } from '../aws-error.ts';
import type { ApiResponse } from './api-service.ts';
import { writeXmlDocument } from './write-xml.ts';

/** An error as S3 writes it (REST XML without a wrapper). */
export const restXmlError = (error: AwsError): ApiResponse => {
  const requestId = randomUUID();
  const members = { Code: error.code, Message: error.message, ...error.members, RequestId: requestId, HostId: requestId };
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: writeXmlDocument({ Error: members }),
  };
};
