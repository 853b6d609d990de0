import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { validationError } from '../template/validation-error.ts';
import { Stack } from './stack.ts';

/** The stacks of one account and region. A deleted stack is found by its id alone. */
export class StackStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #stacks = new Map<string, Stack>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  create(stackName: string): Stack {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName)) {
      throw validationError(
        `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
      );
    }
    const stack = new Stack(
      { stackId: arnOf(this.#account, 'cloudformation', `stack/${stackName}/${randomUUID()}`), stackName },
      this.#clock,
    );
    this.#stacks.set(stack.stackId, stack);
    return stack;
  }

  find(nameOrId: string): Stack | undefined {
    return this.#stacks.get(nameOrId) ?? this.living().find(({ stackName }) => stackName === nameOrId);
  }

  get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined) throw validationError(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  all(): readonly Stack[] {
    return [...this.#stacks.values()];
  }

  living(): readonly Stack[] {
    return this.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Forgets a stack that never came to be, such as one with an unexecuted change set only. */
  forget(stack: Stack): void {
    this.#stacks.delete(stack.stackId);
  }
}
