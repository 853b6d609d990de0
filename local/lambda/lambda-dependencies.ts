import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { EventSourceMappings } from './event-source/event-source-mappings.ts';
import type { CodeStore } from './functions/code-store.ts';
import type { FunctionRegistry } from './functions/function-registry.ts';
import type { FunctionRunner } from './functions/function-runner.ts';
import type { LambdaPorts } from './lambda-ports.ts';

/** What Lambda operations work on. */
export interface LambdaDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: LambdaPorts;
  readonly functions: FunctionRegistry;
  readonly runner: FunctionRunner;
  readonly asynchronous: AsyncInvocations;
  readonly codes: CodeStore;
  readonly mappings: EventSourceMappings;
}
