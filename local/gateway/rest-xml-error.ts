import { randomUUID } from 'node:crypto';
import type { AwsError } from '../aws-error.ts';
import type { ApiResponse } from './api-service.ts';
import { xmlElement } from './xml-writer.ts';

/** An error as S3 writes it (REST XML without a wrapper). */
export const restXmlError = (error: AwsError): ApiResponse => {
  const requestId = randomUUID();
  const body = xmlElement('Error', { Code: error.code, Message: error.message, ...error.members, RequestId: requestId, HostId: requestId });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
};
