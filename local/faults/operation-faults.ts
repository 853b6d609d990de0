import { AwsError } from '../aws-error.ts';
import { type Clock, sleep } from '../clock.ts';
import type { ApiResponse } from '../gateway/api-service.ts';
import { refuseInProtocol } from '../gateway/refuse-in-protocol.ts';
import type { ApiAnswer, ApiCall } from '../gateway/request-interceptor.ts';
import { matchesWildcards } from '../policy/match-pattern.ts';
import type { FaultNote, OperationFault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';
import { requestMembers, requestTexts } from './request-texts.ts';
import { throttlingError } from './throttling-error.ts';

const matchesParameters = (parameters: Readonly<Record<string, string>>, call: ApiCall): boolean => {
  const members = requestMembers(call.request);
  return Object.entries(parameters).every(([name, pattern]) => {
    const value = members[name];
    return value !== undefined && matchesWildcards(pattern, typeof value === 'string' ? value : JSON.stringify(value));
  });
};

const matches = (fault: OperationFault, call: ApiCall): boolean => {
  const { service, operation, resource, parameters } = fault;
  if (service !== call.service) return false;
  if (operation !== undefined && !matchesWildcards(operation, call.operation ?? '')) return false;
  if (resource !== undefined && !requestTexts(call.request).some((text) => matchesWildcards(resource, text))) return false;
  return parameters === undefined || matchesParameters(parameters, call);
};

const perform = async (
  fault: OperationFault,
  call: ApiCall,
  ports: { readonly clock: Clock; readonly proceed: () => Promise<ApiResponse> },
): Promise<ApiAnswer> => {
  const { effect } = fault;
  const refuse = (error: AwsError): ApiAnswer => refuseInProtocol(error, call.request, call.service);
  switch (effect.kind) {
    case 'latency':
      await sleep(ports.clock, effect.ms);
      return ports.proceed();
    case 'throttle':
      return refuse(throttlingError(call.service));
    case 'error':
      return refuse(new AwsError(effect.code, effect.message, { status: effect.status }));
    case 'drop':
      return 'hang-up';
    case 'lose-reply':
      await ports.proceed();
      return 'hang-up';
  }
};

/** Lets the faults of the book strike at calls of AWS operations; tells `note` which one did what. */
export const operationFaults =
  (faults: FaultBook, clock: Clock) =>
  async (call: ApiCall, proceed: () => Promise<ApiResponse>, note: (struck: FaultNote) => void): Promise<ApiAnswer> => {
    const strike = faults.isEmpty ? undefined : faults.strike('operation', (fault) => matches(fault, call));
    if (strike === undefined) return proceed();
    note({ faultId: strike.faultId, effect: strike.fault.effect.kind });
    return perform(strike.fault, call, { clock, proceed });
  };
