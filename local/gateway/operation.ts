import type { Caller } from './api-service.ts';

/** An operation's input as its protocol delivers it, by the API's member names; not yet validated. */
export type OperationInput = Readonly<Record<string, unknown>>;

/** One API operation: input members in, output members out; throws `AwsError` to refuse. */
export type Operation = (input: OperationInput, caller: Caller) => Promise<object | undefined> | object | undefined;

/** Operations by the API's own name, e.g. `GetParameter`. */
export type OperationTable = Readonly<Record<string, Operation>>;
