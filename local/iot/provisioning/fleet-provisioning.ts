import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionInvoker } from '../../lambda/function-invoker.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection, IotMessage, MessageBroker, ReservedTopicService } from '../connection.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotLog } from '../events/iot-log.ts';
import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import { createCertificateFromCsr } from './create-certificate-from-csr.ts';
import { createKeysAndCertificate } from './create-keys-and-certificate.ts';
import type { Exchange } from './exchange.ts';
import { OwnershipTokens } from './ownership-tokens.ts';
import { jsonCodec } from './payload-codec.ts';
import type { PayloadCodec } from './payload-codec.ts';
import { ProvisioningRefusal, rejectedPayload } from './refusal.ts';
import { registerThing } from './register-thing.ts';
import { decodePayload } from './request-body.ts';
import { createRouter } from './request-router.ts';
import type { Route } from './request-router.ts';
import { createRequestThrottle } from './request-throttle.ts';
import type { RequestRates, RequestThrottle } from './request-throttle.ts';
import { isAnswerFilter } from './request-topics.ts';

export interface ProvisioningSettings {
  /** Requests per second and operation; AWS's quotas unless given; `off` lets any rate through. */
  readonly requestRates?: RequestRates | 'off';
}

export interface FleetProvisioningOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly registry: ProvisioningRegistry;
  readonly controlPlane: ControlPlaneClient;
  readonly invoker: FunctionInvoker;
  /** Asked for when there is something to answer, because the broker is made after its services. */
  readonly broker: () => Pick<MessageBroker, 'respond'>;
  readonly log: IotLog;
  readonly settings?: ProvisioningSettings;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
  /** How payloads may be written: JSON unless given. */
  readonly codecs?: readonly PayloadCodec[];
}

interface Reply {
  readonly result: 'accepted' | 'rejected';
  readonly payload: Buffer;
}

type Serve = (route: Route, connection: IotConnection, payload: Buffer) => Promise<Reply>;

/** What is no refusal is a failure of ours; the device learns no more than that. */
const asRefusal = (error: unknown): ProvisioningRefusal =>
  error instanceof ProvisioningRefusal ? error : new ProvisioningRefusal('internal-failure', { log: String(error) });

function reject({ exchange, codec, templateName }: Route, refusal: ProvisioningRefusal, log: IotLog): Reply {
  const certificate = refusal.certificateId === undefined ? {} : { deviceCertificateId: refusal.certificateId };
  log({ ...exchange.describe(templateName), ...certificate, status: 'Failure', reason: refusal.reason, details: refusal.message });
  return { result: 'rejected', payload: codec.encode({ ...rejectedPayload(exchange.operation, refusal) }) };
}

/** Turns a request into its reply and its log entry, whatever happens. */
const createServe =
  (throttle: RequestThrottle, log: IotLog): Serve =>
  async (route, connection, payload) => {
    const { exchange, codec, templateName } = route;
    try {
      if (!throttle(exchange.operation))
        throw new ProvisioningRefusal('throttled', { log: `The rate of ${exchange.operation} is exceeded` });
      const answer = await exchange.answer({ connection, templateName, body: decodePayload(payload, codec) });
      log({ ...exchange.describe(templateName), deviceCertificateId: answer.certificateId, status: 'Success' });
      return { result: 'accepted', payload: codec.encode(answer.payload) };
    } catch (error) {
      return reject(route, asRefusal(error), log);
    }
  };

function createExchanges(options: FleetProvisioningOptions): readonly Exchange[] {
  const { account, clock, registry, controlPlane, invoker } = options;
  const tokens = new OwnershipTokens(account, clock, registry);
  return [
    createCertificateFromCsr({ registry, tokens }),
    createKeysAndCertificate({ registry, tokens }),
    registerThing({ account, clock, invoker, controlPlane, registry, tokens }),
  ];
}

/**
 * The fleet provisioning MQTT API (DG:fleet-provision-api). Every request is answered exactly once, on the connection that
 * made it and at QoS 1 (assumed), and logged once.
 */
export function createFleetProvisioning(options: FleetProvisioningOptions): ReservedTopicService {
  const { clock, broker, log, settings = {}, codecs = [jsonCodec] } = options;
  const route = createRouter(createExchanges(options), codecs);
  const serve = createServe(createRequestThrottle(clock, settings.requestRates), log);
  const formats = codecs.map(({ format }) => format);

  const handle = async (connection: IotConnection, { topic, payload }: IotMessage): Promise<void> => {
    const routed = route(topic);
    if (routed === undefined) return;
    const reply = await serve(routed, connection, payload);
    await broker().respond(connection, { topic: `${topic}/${reply.result}`, payload: reply.payload, qos: 1, retain: false });
  };

  return {
    accepts: (topic) => route(topic) !== undefined,
    answersOn: (topicFilter) => isAnswerFilter(topicFilter, formats),
    handle,
  };
}
