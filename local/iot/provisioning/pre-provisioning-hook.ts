import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { readHookAnswer } from './hook-answer.ts';
import { ProvisioningRefusal, type RefusalCause } from './refusal.ts';

/** What the hook is told (DG:pre-provisioning-hook, payload version 2020-04-01). */
export interface HookEvent {
  readonly claimCertificateId: string;
  readonly certificateId: string;
  readonly certificatePem: string;
  readonly templateArn: string;
  /** The claim connection's MQTT client id. */
  readonly clientId: string;
  /** As the device sent them. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface HookCaller {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
  readonly behaviour: IotBehaviour;
}

// DG:pre-provisioning-hook.
const limitMs = 5000;

const refuse = (reason: RefusalCause, log: string): ProvisioningRefusal => new ProvisioningRefusal(reason, { log });

async function invokeInTime({ account, clock, invoker }: HookCaller, functionArn: string, event: HookEvent): Promise<InvocationResult> {
  const { promise: timeOut, reject } = Promise.withResolvers<never>();
  const timer = clock.setTimer(() => {
    reject(refuse('hook-timed-out', `The pre-provisioning hook did not answer within ${limitMs} ms`));
  }, limitMs);
  const invocation = invoker.invoke({
    functionArn,
    payload: event,
    principal: 'iot.amazonaws.com',
    sourceArn: event.templateArn,
    sourceAccount: account.accountId,
  });
  try {
    return await Promise.race([invocation, timeOut]);
  } finally {
    timer.cancel();
  }
}

async function invokeWithRetries(caller: HookCaller, functionArn: string, event: HookEvent): Promise<InvocationResult> {
  const attempts = 1 + caller.behaviour['provisioning.hook-retries'];
  for (let attempt = 1; ; attempt += 1) {
    const result = await invokeInTime(caller, functionArn, event);
    if (result.outcome === 'returned' || attempt >= attempts) return result;
  }
}

/** Asks the hook; resolves with its parameter overrides. @throws ProvisioningRefusal for anything but a clear yes in time */
export async function callHook(caller: HookCaller, functionArn: string, event: HookEvent): Promise<ReadonlyMap<string, string>> {
  const result = await invokeWithRetries(caller, functionArn, event);
  switch (result.outcome) {
    case 'returned':
      return readHookAnswer(result.payload, caller.behaviour);
    case 'failed':
      throw refuse('hook-failed', `The hook failed: ${result.errorType}: ${result.errorMessage}`);
    case 'refused':
      throw refuse('hook-not-invoked', `Lambda did not run the hook: ${result.code}`);
  }
}
