/** The keys of an issuer could not be had. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
  readonly code = 'ERR_KEY_SET';

  constructor(issuer: string, cause: unknown) {
    super(`The keys of ${issuer} could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
