export interface AwsErrorOptions {
  /** The HTTP status; default 400. */
  readonly status?: number;
  /** Members of the error's shape besides the message. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A refusal as an AWS service words it. The gateway puts it on the wire in the protocol of the service that was called. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The service's error code, e.g. `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, { status = 400, members = {} }: AwsErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
