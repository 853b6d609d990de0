import type { Context } from 'aws-lambda';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { OperationError } from '../../domain/operation-error.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import type { BoundOperation, OperationSubject } from './bound-operation.ts';
import { type Caller, callerOf } from './caller.ts';
import { type HttpAnswer, answerBroken, answerDone, answerRefused, answerWaiting, readThrottling } from './operation-answer.ts';
import type { OperationCall } from './operation-call.ts';
import { type OperationRequest, readRequest } from './operation-request.ts';
import { performByTwo, type TwoPeopleProps } from './two-people.ts';

export interface OperationsProps extends TwoPeopleProps {
  readonly performers: readonly BoundOperation[];
  readonly scopes: readonly OperatorScope[];
  readonly faults: FaultLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** Does what operators ask for, if they may. Who they are and what they may is AWS's word: their signature, and the alias that IAM let them call. */
export const createOperations = (props: OperationsProps): ((event: unknown, context: Context) => Promise<HttpAnswer>) => {
  const operations = new Map(props.performers.map((operation) => [operation.contract.name, operation]));

  const answerTo = async (event: unknown, caller: Caller, progress: Progress): Promise<HttpAnswer> => {
    const { scope, actor } = caller;
    if (scope === undefined) throw notAllowed('This is not the URL of a scope; the outputs of the operations stack name them.');
    const request = readRequest(event);
    const operation = operationOf(operations, request);
    const { contract } = operation;
    progress.operation = contract.name;
    demandRole(operation, scope);
    const ready = operation.read(request.input ?? {});
    progress.subject = ready.subject;
    const call: OperationCall = { scope, actor, eventId: props.newId(), at: props.now(), isDryRun: request.dryRun };
    if (!contract.needsTwo) return answerDone(await ready.perform(call));
    const outcome = await performByTwo(props, { contract, ready, call });
    return 'waiting' in outcome ? answerWaiting(outcome.waiting) : answerDone(outcome.output);
  };

  return async (event, context) => {
    const caller = callerOf(event, context, props.scopes);
    if (caller === undefined) return answerRefused(notAllowed('AWS names nobody of this account as the caller.'));
    const progress: Progress = { operation: undefined, subject: {} };
    try {
      return await answerTo(event, caller, progress);
    } catch (thrown) {
      const refusal = readThrottling(thrown);
      if (refusal instanceof OperationError) {
        if (refusal.code !== 'ERR_BUSY') props.audit.emit(refusalEvent(props, caller, progress));
        return answerRefused(refusal);
      }
      props.faults.report(thrown);
      return answerBroken(context.awsRequestId);
    }
  };
};

/** How far a call came. */
interface Progress {
  /** The operation, once it is known that there is one: nothing that a caller made up is put on record. */
  operation: string | undefined;
  subject: OperationSubject;
}

const notAllowed = (why: string): OperationError => new OperationError('ERR_NOT_ALLOWED', why);

const operationOf = (operations: ReadonlyMap<string, BoundOperation>, request: OperationRequest): BoundOperation => {
  const operation = operations.get(request.operation);
  if (operation !== undefined) return operation;
  throw new OperationError('ERR_INPUT', `operation: got an unknown one; allowed is one of ${[...operations.keys()].join(', ')}`);
};

const demandRole = ({ contract }: BoundOperation, { name, role }: OperatorScope): void => {
  if (contract.roles.includes(role)) return;
  throw notAllowed(`The scope "${name}" (role ${role}) may not do "${contract.name}"; the roles that may: ${contract.roles.join(', ')}.`);
};

const refusalEvent = ({ newId, now }: OperationsProps, { actor, scope }: Caller, { operation, subject }: Progress): AuditEvent => ({
  schemaVersion: 1,
  id: newId(),
  at: now(),
  code: 'operation.refused',
  actor,
  ...(operation === undefined ? {} : { operation }),
  ...(scope === undefined ? {} : { scope: scope.name }),
  ...subject,
});
