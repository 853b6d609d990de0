import type { MiddlewareObj, Request } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Verdict } from '../../domain/admission.ts';

/** What belongs to one invocation and to no other. */
interface InvocationState extends Record<string, unknown> {
  /** Milliseconds since the epoch. */
  startedAt?: number;
}

/** A request on its way out: first the verdict, at the very end what the caller is told. */
export type VerdictRequest = Request<unknown, Verdict, Error, Context, InvocationState>;

export type VerdictMiddleware = MiddlewareObj<unknown, Verdict, Error, Context, InvocationState>;
