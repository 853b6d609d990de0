import type { MiddlewareObj, Request } from '@middy/core';
import type { Context } from 'aws-lambda';

/** What belongs to one invocation and to no other. */
interface InvocationState extends Record<string, unknown> {
  /** Milliseconds since the epoch. */
  startedAt?: number;
}

/** What a function decides about a device. */
export interface Decision {
  readonly verdict: string;
}

/** A request on its way out: first the decision, at the very end what the caller is told. */
export type VerdictRequest<Decided extends Decision> = Request<unknown, Decided, Error, Context, InvocationState>;

export type VerdictMiddleware<Decided extends Decision> = MiddlewareObj<unknown, Decided, Error, Context, InvocationState>;
