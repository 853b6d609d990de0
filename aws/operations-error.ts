/** The operations function failed, or what answered in its place was not it. */
export class OperationsFaultError extends Error {
  override readonly name = 'OperationsFaultError';
  readonly code = 'ERR_OPERATIONS_FAULT';

  constructor(status: number, said: string) {
    super(`The operations function failed (HTTP ${status}): ${said.slice(0, 500)}`);
  }
}
