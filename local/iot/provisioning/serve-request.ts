import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection } from '../connection.ts';
import type { IotLog } from '../events/iot-log.ts';
import type { ProvisioningMetrics } from '../metrics/provisioning-metrics.ts';
import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import type { ProvisioningAnswer } from './exchange.ts';
import { ProvisioningRefusal, rejectedPayload } from './refusal.ts';
import { decodePayload, readRequestObject } from './request-body.ts';
import type { Route } from './request-router.ts';
import type { RequestThrottle } from './request-throttle.ts';

export interface Reply {
  readonly result: 'accepted' | 'rejected';
  readonly payload: Buffer;
}

export type Serve = (route: Route, connection: IotConnection, payload: Buffer) => Promise<Reply>;

export interface ServePorts {
  readonly throttle: RequestThrottle;
  readonly log: IotLog;
  readonly registry: Pick<ProvisioningRegistry, 'isExpiredClaim'>;
  readonly behaviour: IotBehaviour;
  readonly metrics: ProvisioningMetrics;
}

/** What is no refusal is a failure of ours; the device learns no more than that. */
const asRefusal = (error: unknown): ProvisioningRefusal =>
  error instanceof ProvisioningRefusal ? error : new ProvisioningRefusal('internal-failure', { log: String(error) });

function reject({ exchange, codec, templateName }: Route, refusal: ProvisioningRefusal, { log, behaviour }: ServePorts): Reply {
  const certificate = refusal.certificateId === undefined ? {} : { deviceCertificateId: refusal.certificateId };
  log({ ...exchange.describe(templateName), ...certificate, status: 'Failure', reason: refusal.reason, details: refusal.message });
  return { result: 'rejected', payload: codec.encode({ ...rejectedPayload(behaviour, refusal) }) };
}

/** @throws ProvisioningRefusal */
function admit({ exchange }: Route, connection: IotConnection, { throttle, registry, behaviour }: ServePorts): void {
  if (connection.isCustomAuthenticated === true && behaviour['provisioning.claim-of-custom-authentication'] === 'refused') {
    throw new ProvisioningRefusal('hook-denied', { log: 'The connection was let in by a custom authorizer, not by a claim' });
  }
  if (!throttle(exchange.operation)) {
    throw new ProvisioningRefusal('throttled', { log: `The rate of ${exchange.operation} is exceeded` });
  }
  // DG:provision-wo-cert: the certificate must be obtained before the temporary claim expires.
  if (registry.isExpiredClaim(connection.principalId)) {
    throw new ProvisioningRefusal('claim-expired', { log: `The temporary claim ${connection.principalId} has expired` });
  }
}

/** Turns a request into its reply and its log entry, whatever happens. */
export const createServe = (ports: ServePorts): Serve => {
  const toleratesOthers = ports.behaviour['provisioning.unknown-members-are-tolerated'];
  const answer = async (route: Route, connection: IotConnection, payload: Buffer): Promise<ProvisioningAnswer> => {
    const { exchange, codec, templateName } = route;
    admit(route, connection, ports);
    const body = readRequestObject(decodePayload(payload, codec), { known: exchange.members, toleratesOthers });
    return exchange.answer({ connection, templateName, body });
  };
  return async (route, connection, payload) => {
    const { exchange, codec, templateName } = route;
    const request = { operation: exchange.operation, templateName, claimCertificateId: connection.principalId };
    try {
      const { certificateId, payload: accepted } = await answer(route, connection, payload);
      ports.log({ ...exchange.describe(templateName), deviceCertificateId: certificateId, status: 'Success' });
      ports.metrics({ ...request, isAccepted: true });
      return { result: 'accepted', payload: codec.encode(accepted) };
    } catch (error) {
      ports.metrics({ ...request, isAccepted: false });
      return reject(route, asRefusal(error), ports);
    }
  };
};
