import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { isJsonObject } from '../../json-object.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { RefusalCause } from './refusals.data.ts';

/** What the hook is told (DG:pre-provisioning-hook). */
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
}

// DG:pre-provisioning-hook.
const limitMs = 5000;

const refuse = (reason: RefusalCause, log: string): ProvisioningRefusal => new ProvisioningRefusal(reason, { log });

/** No retry is documented; assumed that there is none. */
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

function readOverrides(value: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(value)) throw refuse('hook-answer-invalid', 'The hook answered with parameterOverrides that are no object');
  return new Map(
    Object.entries(value).map(([name, override]) => {
      if (typeof override === 'string') return [name, override];
      throw refuse('hook-answer-invalid', `The hook answered with the override ${name} that is no string`);
    }),
  );
}

/** Only the boolean `true` admits; `parameterOverrides` may be absent but not anything else than string → string. */
function judge(answer: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(answer)) throw refuse('hook-answer-invalid', 'The hook answered with something else than an object');
  const allowed = answer['allowProvisioning'];
  if (allowed === false) throw refuse('hook-denied', 'The hook denied provisioning');
  if (allowed !== true) throw refuse('hook-answer-invalid', 'The hook answered without allowProvisioning being true or false');
  return answer['parameterOverrides'] === undefined ? new Map<string, string>() : readOverrides(answer['parameterOverrides']);
}

/** Asks the hook; resolves with its parameter overrides. @throws ProvisioningRefusal for anything but a clear yes in time */
export async function callHook(caller: HookCaller, functionArn: string, event: HookEvent): Promise<ReadonlyMap<string, string>> {
  const result = await invokeInTime(caller, functionArn, event);
  switch (result.outcome) {
    case 'returned':
      return judge(result.payload);
    case 'failed':
      throw refuse('hook-failed', `The hook failed: ${result.errorType}: ${result.errorMessage}`);
    case 'refused':
      throw refuse('hook-not-invoked', `Lambda did not run the hook: ${result.code}`);
  }
}
