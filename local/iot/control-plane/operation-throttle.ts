import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { TokenBucket } from '../../token-bucket.ts';
import { operationRates } from './operation-rates.data.ts';

export interface OperationThrottleSettings {
  /**
   * Requests per second that differ from AWS's quotas, by operation of the control plane, as an account may have been granted;
   * `off` lets any rate through.
   */
  readonly operationRates?: Readonly<Record<string, number>> | 'off';
}

/** Throws `ThrottlingException` when the operation is called faster than its quota. */
export type OperationThrottle = (operation: string) => void;

/** A client whose calls count like requests. */
export const countedBy = (throttle: OperationThrottle, client: ControlPlaneClient): ControlPlaneClient => ({
  call: async (operation, input) => {
    throttle(operation);
    return client.call(operation, input);
  },
});

/** SDK ThrottlingException: 400 on the control plane; its SDKs retry it by the code. */
const rateExceeded = (): AwsError => new AwsError('ThrottlingException', 'Rate exceeded');

/** One bucket per operation that was ever called, so that nobody's quota is used up by another operation. */
export const createOperationThrottle = (
  clock: Clock,
  behaviour: IotBehaviour,
  { operationRates: granted = {} }: OperationThrottleSettings,
): OperationThrottle => {
  if (granted === 'off') return () => undefined;
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (operation: string): TokenBucket => {
    const known = buckets.get(operation);
    const rate = granted[operation] ?? operationRates[operation] ?? behaviour['quotas.other-operations-per-second'];
    const bucket = known ?? new TokenBucket(clock, rate, rate * behaviour['quotas.burst-seconds']);
    if (known === undefined) buckets.set(operation, bucket);
    return bucket;
  };
  return (operation) => {
    if (!bucketOf(operation).take()) throw rateExceeded();
  };
};
