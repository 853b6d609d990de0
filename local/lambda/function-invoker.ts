/** A synchronous invocation that an AWS service makes on somebody's behalf. */
export interface Invocation {
  /** Function, version or alias ARN. */
  readonly functionArn: string;
  readonly payload: unknown;
  /** The service principal that calls, e.g. `iot.amazonaws.com`; checked against the function's resource policy. */
  readonly principal: string;
  /** The resource that causes the call, for `AWS:SourceArn` conditions. */
  readonly sourceArn?: string;
  /** For `AWS:SourceAccount` conditions. */
  readonly sourceAccount?: string;
}

export type InvocationResult =
  | { readonly outcome: 'returned'; readonly payload: unknown }
  /** The function threw, ended or ran into its time-out. */
  | { readonly outcome: 'failed'; readonly errorType: string; readonly errorMessage: string }
  /** Lambda never ran it: no such function, no permission, no concurrency left. */
  | { readonly outcome: 'refused'; readonly code: 'ResourceNotFoundException' | 'AccessDeniedException' | 'TooManyRequestsException' };

export interface FunctionInvoker {
  invoke(invocation: Invocation): Promise<InvocationResult>;
}
