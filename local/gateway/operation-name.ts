import type { ApiService } from './api-service.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/** The operation that a request means, by its API name; undefined when it cannot be told. */
export const operationNameOf = (service: ApiService | undefined, request: UnsignedRequest): string | undefined => {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  const named = service?.operationOf?.(request);
  if (named !== undefined) return named;
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = isForm ? new URLSearchParams(request.body.toString('utf8')) : request.query;
  return form.get('Action') ?? undefined;
};
