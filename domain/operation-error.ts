/**
 * - `ERR_INPUT`: what was asked for cannot be
 * - `ERR_NOT_ALLOWED`: the scope may not do this, or not to this
 * - `ERR_NOT_FOUND`: there is no such thing in this scope
 * - `ERR_CONFLICT`: it is not in a state for this, or somebody else was faster
 * - `ERR_BUSY`: AWS throttles; the same request later is safe
 */
export const operationErrorCodes = ['ERR_INPUT', 'ERR_NOT_ALLOWED', 'ERR_NOT_FOUND', 'ERR_CONFLICT', 'ERR_BUSY'] as const;

export type OperationErrorCode = (typeof operationErrorCodes)[number];

/** Why an operation was not done; the message says what, and what to do, and holds no secret. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: OperationErrorCode;

  constructor(code: OperationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
