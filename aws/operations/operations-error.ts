/** The operations function failed, or what answered in its place was not it. */
export class OperationsFaultError extends Error {
  override readonly name = 'OperationsFaultError';
  readonly code = 'ERR_OPERATIONS_FAULT';

  constructor(status: number, said: string) {
    super(`The operations function failed (HTTP ${status}): ${said.slice(0, 500)}`);
  }
}

/** Nothing answered. Whether it was done is unknown; the same request again is safe. */
export class OperationsUnreachableError extends Error {
  override readonly name = 'OperationsUnreachableError';
  readonly code = 'ERR_OPERATIONS_UNREACHABLE';

  constructor(url: string, cause: unknown) {
    super(
      `Nothing answered at ${url} (${reasonOf(cause)}). Whether it was done is unknown; the same command again is safe. ` +
        'Check the network, and that AWS_REGION is that of the deployment.',
      { cause },
    );
  }
}

// What `fetch` throws says no more than that it failed; why is in its cause.
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
};
