import type { AwsError } from '../aws-error.ts';
import type { ApiResponse } from './api-service.ts';

/** An error in the words of OAuth 2.0 (RFC 6749 §5.2). */
export const oauthJsonError = (error: AwsError): ApiResponse => ({
  status: error.status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ error: error.code, error_description: error.message }),
});
