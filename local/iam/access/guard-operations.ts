import { AwsError } from '../../aws-error.ts';
import { actingCaller } from '../../gateway/acting-caller.ts';
import type { Caller } from '../../gateway/api-service.ts';
import type { Operation, OperationInput } from '../../gateway/operation.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { AccessControl } from './access-control.ts';
import { watched } from './call-watch.ts';
import type { ServiceAuthorization } from './service-authorization.ts';

/** How a service has IAM asked; without access control the service answers everybody, as in its own tests. */
export interface Guard {
  readonly access: AccessControl | undefined;
  readonly authorization: ServiceAuthorization;
}

type Check = (input: OperationInput, caller: Caller) => void;

/**
 * Asks IAM for one operation, given its input as the protocol delivers it; throws the service's refusal. Throws at once,
 * when the service is made, if nobody said what the operation needs: what is forgotten is let through for nobody.
 */
export const accessCheck = (operation: string, { access, authorization }: Guard): Check => {
  const mapping = authorization.mappingOf(operation);
  if (mapping === undefined) {
    throw new Error(`Nobody said what IAM must allow for ${operation}: name it in the authorization.ts of its service.`);
  }
  return (input, caller) => access?.check(caller, mapping(input), authorization);
};

/** Whether IAM lets somebody call an operation. */
export const permits = (operation: string, guard: Guard): ((input: OperationInput, caller: Caller) => boolean) => {
  const check = accessCheck(operation, guard);
  return (input, caller) => {
    try {
      check(input, caller);
      return true;
    } catch (thrown) {
      if (thrown instanceof AwsError) return false;
      throw thrown;
    }
  };
};

/** Asks IAM whether whoever acts may do what an operation of that name would; for providers that call no operation. */
export type AskIam = (operation: string, input: OperationInput) => void;

export const askIam = (guard: Guard): AskIam => {
  const checks = new Map<string, Check>();
  return (operation, input) => {
    const check = checks.get(operation) ?? accessCheck(operation, guard);
    checks.set(operation, check);
    const caller = actingCaller();
    if (caller === undefined) return;
    const tell = guard.access?.watch.tell;
    const ask = (): void => {
      check(input, caller);
    };
    if (tell === undefined) ask();
    else watched(tell, { service: guard.authorization.prefix, operation, input, caller }, ask);
  };
};

/** Does what an operation does, for a caller who may. */
type GuardedRun = <Result>(input: OperationInput, caller: Caller, run: () => Result) => Result;

/** Runs an operation only for callers whom IAM lets, and tells whoever watches. Every call of every service comes by here. */
export const guardedRun = (operation: string, guard: Guard): GuardedRun => {
  const check = accessCheck(operation, guard);
  const { access, authorization } = guard;
  return (input, caller, run) => {
    const judged = () => {
      check(input, caller);
      return run();
    };
    const tell = access?.watch.tell;
    return tell === undefined ? judged() : watched(tell, { service: authorization.prefix, operation, input, caller }, judged);
  };
};

const guarded = (name: string, operation: Operation, guard: Guard): Operation => {
  const through = guardedRun(name, guard);
  return (input, caller) => through(input, caller, () => operation(input, caller));
};

/** Runs each operation only for callers whom IAM lets. */
export const guardOperations = (operations: Readonly<Record<string, Operation>>, guard: Guard): Readonly<Record<string, Operation>> =>
  Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, guarded(name, operation, guard)]));

/** As `guardOperations`, for a service that speaks REST JSON. */
export const guardRestOperations = (
  operations: Readonly<Record<string, RestJsonOperation>>,
  guard: Guard,
): Readonly<Record<string, RestJsonOperation>> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, { ...operation, handle: guarded(name, operation.handle, guard) }]),
  );
