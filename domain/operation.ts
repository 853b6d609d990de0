import type * as z from 'zod/mini';
import type { OperatorRole } from './operator-scope.ts';

/** One thing that people who run a fleet can do, as the operations function and its callers agree on it. */
export interface OperationContract<Input extends z.ZodMiniType = z.ZodMiniType, Output extends z.ZodMiniType = z.ZodMiniType> {
  /** e.g. `devices.approve` */
  readonly name: string;
  /** Who may; nobody else, whatever IAM lets them call. */
  readonly roles: readonly OperatorRole[];
  /** Whether it changes anything; what does knows a dry run, and is on record. */
  readonly isChange: boolean;
  /** Whether it takes two principals in two roles: the first proposes, the second does the same and thereby agrees. */
  readonly needsTwo: boolean;
  /** What is asked for, as JSON. */
  readonly input: Input;
  /** What is answered, as JSON. */
  readonly output: Output;
}

export const defineOperation = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  contract: OperationContract<Input, Output>,
): OperationContract<Input, Output> => contract;

/** What an operation is asked for, once read. */
export type InputOf<Contract extends OperationContract> = z.infer<Contract['input']>;

/** What an operation answers. */
export type OutputOf<Contract extends OperationContract> = z.infer<Contract['output']>;
