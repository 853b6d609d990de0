import type { Clock } from '../../clock.ts';
import type { ProvisioningOperation } from './exchange.ts';
import { TokenBucket } from '../../token-bucket.ts';

export type RequestRates = Readonly<Record<ProvisioningOperation, number>>;

/** False when the operation's rate is exceeded. */
export type RequestThrottle = (operation: ProvisioningOperation) => boolean;

// General Reference, "AWS IoT Core fleet provisioning": requests per second, account and region.
const awsRates: RequestRates = { CreateCertificateFromCsr: 20, CreateKeysAndCertificate: 10, RegisterThing: 10 };

export function createRequestThrottle(clock: Clock, rates: RequestRates | 'off' = awsRates): RequestThrottle {
  if (rates === 'off') return () => true;
  const buckets: Readonly<Record<ProvisioningOperation, TokenBucket>> = {
    CreateCertificateFromCsr: new TokenBucket(clock, rates.CreateCertificateFromCsr),
    CreateKeysAndCertificate: new TokenBucket(clock, rates.CreateKeysAndCertificate),
    RegisterThing: new TokenBucket(clock, rates.RegisterThing),
  };
  return (operation) => buckets[operation].take();
}
