import type { Clock } from '../clock.ts';
import { type FaultBook } from '../faults/fault-book.ts';
import { functionFaults } from '../faults/function-faults.ts';
import { operationFaults } from '../faults/operation-faults.ts';
import type { RequestInterceptor } from '../gateway/request-interceptor.ts';
import type { RunInterceptor } from '../lambda/run-interceptor.ts';
import { logRequests } from './log-requests.ts';
import type { RequestLog } from './request-log.ts';

/** Where faults and the request log are plugged into an account. */
export interface AccountControls {
  readonly requests: RequestInterceptor;
  readonly functions: RunInterceptor;
}

/** What stands between an account's services and those who call them. */
export const createAccountControls = (clock: Clock, faults: FaultBook, log: RequestLog): AccountControls => ({
  requests: logRequests(log, clock, operationFaults(faults, clock)),
  functions: functionFaults(faults, clock, ({ run, errorCode, ...note }) => {
    const { requestId, functionName: operation } = run;
    const status = errorCode === undefined ? 200 : 500;
    const failure = errorCode === undefined ? {} : { errorCode };
    log.add({
      ...note,
      ...failure,
      requestId,
      at: new Date(clock.now()).toISOString(),
      service: 'lambda-run',
      operation,
      caller: '',
      status,
    });
  }),
});
