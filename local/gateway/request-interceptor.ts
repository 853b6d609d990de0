import type { ApiResponse } from './api-service.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/** A signed request on its way to a service. */
export interface ApiCall {
  /** The signing name, e.g. `iot`. */
  readonly service: string;
  /** By its API name; undefined when the service does not know which one is meant. */
  readonly operation: string | undefined;
  /** Who claims to call: the ARN of the access key's owner, or the access key when nobody owns it. The signature is not checked yet. */
  readonly caller: string;
  readonly request: UnsignedRequest;
}

/** What the caller gets: a response, or a connection that ends without one. */
export type ApiAnswer = ApiResponse | 'hang-up';

/** Stands between the gateway and everything behind it. `proceed` checks the signature, calls the service and never rejects. */
export type RequestInterceptor = (call: ApiCall, proceed: () => Promise<ApiResponse>) => Promise<ApiAnswer>;
