import type { Caller } from './api-service.ts';

export type KeyLookup =
  | { readonly isKnown: true; readonly caller: Caller; readonly secretAccessKey: string }
  | { readonly isKnown: false; readonly reason: 'unknown' | 'expired' };

/** Who holds which access key: asked once per request. */
export interface CallerDirectory {
  /** `sessionToken` must be the one issued with a temporary key. */
  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup;
}
