import type { AwsError } from '../aws-error.ts';
import type { ApiRequest, ApiResponse } from './api-service.ts';
import { awsJsonError } from './aws-json.ts';
import { awsQueryError } from './aws-query.ts';
import { oauthJsonError } from './oauth-json-error.ts';
import { restJsonError } from './rest-json-error.ts';
import { restXmlError } from './rest-xml-error.ts';

/** Words a refusal that no service got to see in the protocol that the request itself speaks. */
export const refuseInProtocol = (error: AwsError, request: Pick<ApiRequest, 'headers'>, signingName: string | undefined): ApiResponse => {
  const contentType = request.headers['content-type'] ?? '';
  if (signingName === 'oauth') return oauthJsonError(error);
  if (request.headers['x-amz-target'] !== undefined) return awsJsonError(error, contentType.includes('json-1.0') ? '1.0' : '1.1');
  if (contentType.startsWith('application/x-www-form-urlencoded')) return awsQueryError(error);
  if (signingName === 's3') return restXmlError(error);
  return restJsonError(error);
};

/** The code by which each protocol family says that it does not know an access key. */
export const unknownKeyCode = (request: Pick<ApiRequest, 'headers'>, signingName: string): string => {
  if (signingName === 's3') return 'InvalidAccessKeyId';
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
    ? 'InvalidClientTokenId'
    : 'UnrecognizedClientException';
};
