import type * as z from 'zod/mini';
import type { InputOf, OperationContract, OutputOf } from './operation.ts';
import type { OperatorRole } from './operator-scope.ts';

/** What the first of two people is told. */
export interface Waiting {
  /** The operation, e.g. `devices.revoke`. */
  readonly operation: string;
  /** Who proposed it: an ARN. */
  readonly proposedBy: string;
  /** Milliseconds since the epoch; from then on it must be proposed again. */
  readonly until: number;
  /** The roles of which another person must have one to agree. */
  readonly roles: readonly OperatorRole[];
}

export interface CallWishes {
  /** Everything is checked and answered as if it were done, and nothing is changed. */
  readonly isDryRun?: boolean;
}

/** The way to the operations of a deployment. */
export interface OperationsClient {
  /**
   * Has an operation done and answers what came of it.
   * @throws OperationError where it is not done, WaitingForSecondError where somebody else must agree first.
   */
  call<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
    contract: OperationContract<Input, Output>,
    input: InputOf<OperationContract<Input, Output>>,
    wishes?: CallWishes,
  ): Promise<OutputOf<OperationContract<Input, Output>>>;
}

/** Nothing was done yet: the operation takes two people, and this was the first. */
export class WaitingForSecondError extends Error {
  override readonly name = 'WaitingForSecondError';
  readonly code = 'ERR_WAITING_FOR_SECOND';
  readonly waiting: Waiting;

  constructor(waiting: Waiting) {
    super(
      `Nothing is done yet: "${waiting.operation}" takes two people. Before ${new Date(waiting.until).toISOString()} somebody else, ` +
        `in the role ${waiting.roles.join(' or ')}, must run the same command.`,
    );
    this.waiting = waiting;
  }
}
