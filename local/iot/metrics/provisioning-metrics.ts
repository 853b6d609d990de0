import type { IotLog } from '../events/iot-log.ts';
import type { ProvisioningOperation } from '../provisioning/exchange.ts';
import { createIotMetrics, type IotMetrics } from './iot-metrics.ts';

/** A request of fleet provisioning that was answered. */
export interface AnsweredRequest {
  readonly operation: ProvisioningOperation;
  /** Only with RegisterThing. */
  readonly templateName: string;
  readonly claimCertificateId: string;
  readonly isAccepted: boolean;
}

/** Counts what fleet provisioning answers (DG:metrics_dimensions, "Fleet provisioning metrics"). */
export type ProvisioningMetrics = (request: AnsweredRequest) => void;

const maxClaims = 10_000;

/**
 * `…Failed` is 0 for a success and 1 for a failure; `ApproximateNumberOfThingsRegistered` tells how many things a claim
 * has registered so far, so that its maximum is the number.
 */
export const createProvisioningMetrics = (metrics: IotMetrics = createIotMetrics(undefined)): ProvisioningMetrics => {
  const registered = new Map<string, number>();
  return ({ operation, templateName, claimCertificateId, isAccepted }) => {
    const isRegistration = operation === 'RegisterThing';
    metrics.count(`${operation}Failed`, isRegistration ? { TemplateName: templateName } : {}, isAccepted ? 0 : 1);
    if (!isRegistration || !isAccepted) return;
    if (registered.size >= maxClaims) registered.clear();
    const count = (registered.get(claimCertificateId) ?? 0) + 1;
    registered.set(claimCertificateId, count);
    metrics.count('ApproximateNumberOfThingsRegistered', { ClaimCertificateId: claimCertificateId }, count);
  };
};

/** Counts just-in-time provisioning by what it logs: a refusal is the client's error, anything else the service's. */
export const countingProvisionedThings =
  (log: IotLog, metrics: IotMetrics): IotLog =>
  (event) => {
    const said = typeof event === 'function' ? event() : event;
    if (said.eventType === 'ProvisionDevice') {
      const isRefusal = String(said['details']).startsWith('ProvisioningRefusal');
      metrics.count(`ProvisionThing.${said.status === 'Success' ? 'Success' : isRefusal ? 'ClientError' : 'ServerError'}`);
    }
    log(said);
  };
