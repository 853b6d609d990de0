/** A refusal as an AWS service words it. The gateway puts it on the wire in the protocol of the service that was called. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The service's error code, e.g. `ResourceNotFoundException`. */
  readonly code: string;
  readonly status: number;
  /** Members of the error's shape besides the message. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
