import type { ApiRequest } from './api-service.ts';

/** A request whose signature has not been looked at, or that carries none: `caller` is absent. */
export type UnsignedRequest = Omit<ApiRequest, 'caller'>;
