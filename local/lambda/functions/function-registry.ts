import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { FunctionReference } from './function-reference.ts';
import { functionArn, parseFunctionReference } from './function-reference.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** The functions of one account and region. */
export class FunctionRegistry {
  readonly #account: Account;
  readonly #functions = new Map<string, LambdaFunction>();

  /** Invocations at once that the account may have, of all functions together. */
  readonly concurrency: number;

  constructor(account: Account, concurrency: number) {
    this.#account = account;
    this.concurrency = concurrency;
  }

  /** What reservations leave over for the functions without one. */
  get unreservedConcurrency(): number {
    const reserved = this.list().map(({ reservedConcurrency = 0 }) => reservedConcurrency);
    return this.concurrency - reserved.reduce((sum, one) => sum + one, 0);
  }

  add(lambda: LambdaFunction): void {
    this.#functions.set(lambda.name, lambda);
  }

  remove(lambda: LambdaFunction): void {
    this.#functions.delete(lambda.name);
    lambda.retire();
  }

  list(): readonly LambdaFunction[] {
    return [...this.#functions.values()];
  }

  byName(name: string): LambdaFunction | undefined {
    return this.#functions.get(name);
  }

  /** What a request names. Throws `ResourceNotFoundException` when there is no such function, version or alias. */
  resolve(text: string, qualifier?: string): { readonly lambda: LambdaFunction; readonly reference: FunctionReference } {
    const reference = parseFunctionReference(text, qualifier);
    const lambda = this.#functions.get(reference.functionName);
    if (lambda === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(this.#account, reference)}`, { status: 404 });
    }
    lambda.requireQualifier(reference.qualifier);
    return { lambda, reference };
  }
}
