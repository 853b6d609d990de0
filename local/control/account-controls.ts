import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type FaultBook } from '../faults/fault-book.ts';
import { functionFaults } from '../faults/function-faults.ts';
import { operationFaults } from '../faults/operation-faults.ts';
import type { RequestInterceptor } from '../gateway/request-interceptor.ts';
import { packetFaults } from '../faults/packet-faults.ts';
import type { OpenPacketGate } from '../iot/broker/packet-gate.ts';
import type { RunInterceptor } from '../lambda/run-interceptor.ts';
import { logRequests } from './log-requests.ts';
import type { RequestLog } from './request-log.ts';

/** Where faults and the request log are plugged into an account. */
export interface AccountControls {
  readonly requests: RequestInterceptor;
  readonly functions: RunInterceptor;
  readonly packets: OpenPacketGate;
}

const stampOf = (clock: Clock): string => new Date(clock.now()).toISOString();

const statusOf = (errorCode: string | undefined) => (errorCode === undefined ? { status: 200 } : { status: 500, errorCode });

/** What stands between an account's services and those who call them. */
export const createAccountControls = (clock: Clock, faults: FaultBook, log: RequestLog): AccountControls => ({
  requests: logRequests(log, clock, operationFaults(faults, clock)),
  functions: functionFaults(faults, clock, ({ run, errorCode, ...note }) => {
    const who = { requestId: run.requestId, service: 'lambda-run', operation: run.functionName, caller: '' };
    log.add({ ...note, ...who, ...statusOf(errorCode), at: stampOf(clock) });
  }),
  packets: packetFaults({
    faults,
    clock,
    note: ({ packet, clientId, topic, ...note }) => {
      const what = { service: 'mqtt', operation: packet, caller: clientId, ...(topic === undefined ? {} : { resource: topic }) };
      log.add({ ...note, ...what, requestId: randomUUID(), at: stampOf(clock), status: 0, durationMs: 0 });
    },
  }),
});
