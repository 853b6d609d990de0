import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { FaultNote } from '../faults/fault.ts';
import type { ApiResponse } from '../gateway/api-service.ts';
import type { ApiAnswer, ApiCall, RequestInterceptor } from '../gateway/request-interceptor.ts';
import type { RequestLog } from './request-log.ts';

const requestIdOf = ({ headers = {} }: ApiResponse): string => headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? randomUUID();

/** Each protocol has a place of its own for the code: a header, a member, an element. */
const errorCodeOf = ({ status, headers = {}, body = '' }: ApiResponse): string | undefined => {
  if (status < 400) return undefined;
  const text = body.toString();
  return headers['x-amzn-errortype'] ?? /"__type":"([^"]+)"/.exec(text)?.[1] ?? /<Code>([^<]+)</.exec(text)?.[1];
};

const outcomeOf = (answer: ApiAnswer): { readonly requestId: string; readonly status: number; readonly errorCode?: string } => {
  if (answer === 'hang-up') return { requestId: randomUUID(), status: 0 };
  const errorCode = errorCodeOf(answer);
  return { requestId: requestIdOf(answer), status: answer.status, ...(errorCode === undefined ? {} : { errorCode }) };
};

/** An interceptor that tells which fault struck. */
type NotingInterceptor = (call: ApiCall, proceed: () => Promise<ApiResponse>, note: (fault: FaultNote) => void) => Promise<ApiAnswer>;

/** Writes every signed request down, with what `intercept` did to it. */
export const logRequests =
  (log: RequestLog, clock: Clock, intercept: NotingInterceptor): RequestInterceptor =>
  async (call, proceed) => {
    const [at, startedAt] = [new Date(clock.now()).toISOString(), performance.now()];
    let fault: FaultNote | undefined;
    const answer = await intercept(call, proceed, (note) => {
      fault = note;
    });
    const durationMs = Math.round((performance.now() - startedAt) * 100) / 100;
    const { service, operation = 'unknown', caller } = call;
    log.add({ ...outcomeOf(answer), at, service, operation, caller, durationMs, ...fault });
    return answer;
  };
