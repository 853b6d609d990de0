import type { Actor } from '../../domain/audit-event.ts';
import type { InputOf, OperationContract, OutputOf } from '../../domain/operation.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';

/** Who calls, with which rights, when: all of it as AWS reports it, nothing of it from the request. */
export interface OperationCall {
  readonly scope: OperatorScope;
  readonly actor: Extract<Actor, { kind: 'operator' }>;
  /** The id of the event that a change puts on record. */
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Everything is checked and answered as if it were done, and nothing is changed. */
  readonly isDryRun: boolean;
  /** The first of the two, where an operation took two people: an ARN. */
  readonly proposedBy?: string;
}

/** Does what a contract says. Rejects with an `OperationError` where it is not to be done. */
export type Performer<Contract extends OperationContract> = (input: InputOf<Contract>, call: OperationCall) => Promise<OutputOf<Contract>>;
