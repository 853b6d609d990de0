/** An issuer gave no token just now; another time it may. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
  readonly code = 'ERR_ISSUER';
}
