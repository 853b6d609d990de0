import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { isJsonObject } from '../../json-object.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';
import type { CertificateProviderView } from '../provisioning-registry.ts';
import { ProvisioningRefusal } from './refusal.ts';

/** What the provider's function is told (DG:provisioning-cert-provider). */
export interface ProviderEvent {
  readonly certificateSigningRequest: string;
  /** Of the connection: the id of the claim's certificate. */
  readonly principalId: string;
  /** The MQTT client id. */
  readonly clientId: string;
}

export interface ProviderCaller {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
}

// DG:provisioning-cert-provider.
const limitMs = 5000;

const refuse = (log: string): ProvisioningRefusal => new ProvisioningRefusal('certificate-provider-failed', { log });

const invokeInTime = async (
  { account, clock, invoker }: ProviderCaller,
  { arn, functionArn }: CertificateProviderView,
  event: ProviderEvent,
): Promise<InvocationResult> => {
  const { promise: timeOut, reject } = Promise.withResolvers<never>();
  const timer = clock.setTimer(() => {
    reject(refuse(`The certificate provider did not answer within ${limitMs} ms`));
  }, limitMs);
  const source = { principal: 'iot.amazonaws.com', sourceArn: arn, sourceAccount: account.accountId };
  try {
    return await Promise.race([invoker.invoke({ functionArn, payload: event, ...source }), timeOut]);
  } finally {
    timer.cancel();
  }
};

/** Asks the provider's function for a certificate; resolves with its PEM. @throws ProvisioningRefusal */
export const askProvider = async (caller: ProviderCaller, provider: CertificateProviderView, event: ProviderEvent): Promise<string> => {
  const result = await invokeInTime(caller, provider, event);
  if (result.outcome === 'failed') throw refuse(`The certificate provider failed: ${result.errorType}: ${result.errorMessage}`);
  if (result.outcome === 'refused') throw refuse(`Lambda did not run the certificate provider: ${result.code}`);
  const certificatePem = isJsonObject(result.payload) ? result.payload['certificatePem'] : undefined;
  if (typeof certificatePem !== 'string') throw refuse('The certificate provider answered no certificatePem');
  return certificatePem;
};
