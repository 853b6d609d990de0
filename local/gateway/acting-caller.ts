import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from './api-service.ts';

// Resource providers, provisioning and rules call services in process, through interfaces that name no caller: who acts
// belongs to the whole piece of work, not to each call.
const acting = new AsyncLocalStorage<Caller>();

/** Does a piece of work in somebody's name: the calls that it makes in process are that caller's. */
export const actAs = <Result>(caller: Caller, work: () => Result): Result => acting.run(caller, work);

/** In whose name the work at hand is done; undefined: in the account's own. */
export const actingCaller = (): Caller | undefined => acting.getStore();
