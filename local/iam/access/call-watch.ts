import type { AwsError } from '../../aws-error.ts';
import type { Caller } from '../../gateway/api-service.ts';
import { asAwsError } from '../../gateway/fault.ts';
import type { OperationInput } from '../../gateway/operation.ts';

/** A call of an operation and how it ended. */
export interface WatchedCall {
  /** The service's prefix in IAM, e.g. `dynamodb`. */
  readonly service: string;
  /** By its API name. */
  readonly operation: string;
  readonly input: OperationInput;
  /** Who called, or the service that called in its own name, e.g. `lambda.amazonaws.com`. */
  readonly caller: Caller | string;
  readonly output?: unknown;
  readonly refusal?: AwsError;
}

/** Who is told of calls. Nobody listens as a rule: then a call costs one look at `tell`. */
export interface CallWatch {
  tell: ((call: WatchedCall) => void) | undefined;
}

type Tell = NonNullable<CallWatch['tell']>;

/** Runs a call and tells how it ended. */
export const watched = <Result>(tell: Tell, call: WatchedCall, run: () => Result): Result => {
  const refuse = (thrown: unknown): never => {
    tell({ ...call, refusal: asAwsError(thrown) });
    throw thrown;
  };
  const end = <Output>(output: Output): Output => {
    tell({ ...call, output });
    return output;
  };
  try {
    const result = run();
    if (!(result instanceof Promise)) return end(result);
    // What is awaited has the type that it resolves with; only the time of the telling differs.
    return result.then(end, refuse) as Result;
  } catch (thrown) {
    return refuse(thrown);
  }
};
