import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionInvoker } from '../../lambda/function-invoker.ts';
import { rememberingReader } from '../../remembering-reader.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection, IotMessage, MessageBroker, ReservedTopicService } from '../connection.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotLog } from '../events/iot-log.ts';
import { createProvisioningMetrics, type ProvisioningMetrics } from '../metrics/provisioning-metrics.ts';
import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import { unlimitedRoles, type ServiceRoles } from '../service-roles.ts';
import { cborCodec } from './cbor-codec.ts';
import { createCertificateFromCsr } from './create-certificate-from-csr.ts';
import { createKeysAndCertificate } from './create-keys-and-certificate.ts';
import type { Exchange } from './exchange.ts';
import { jsonCodec } from './json-codec.ts';
import { OwnershipTokens } from './ownership-tokens.ts';
import { registerThing } from './register-thing.ts';
import { createRouter } from './request-router.ts';
import { createRequestThrottle, type RequestRates } from './request-throttle.ts';
import { isAnswerFilter } from './request-topics.ts';
import { createServe } from './serve-request.ts';
import { parseTemplateBody } from './template/parse-template.ts';

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
  /** Without it nothing is counted. */
  readonly metrics?: ProvisioningMetrics;
  readonly settings?: ProvisioningSettings;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
  /** Default: every role exists and may do everything. */
  readonly roles?: Pick<ServiceRoles, 'isAssumable' | 'actAs'>;
}

function createExchanges(options: FleetProvisioningOptions, behaviour: IotBehaviour): readonly Exchange[] {
  const { account, clock, registry, controlPlane, invoker, roles = unlimitedRoles } = options;
  const tokens = new OwnershipTokens({ account, clock, registry, behaviour });
  const readTemplate = rememberingReader((body) => parseTemplateBody(body, behaviour));
  return [
    createCertificateFromCsr({ account, clock, invoker, registry, tokens }),
    createKeysAndCertificate({ registry, tokens }),
    registerThing({ account, clock, invoker, controlPlane, registry, roles, tokens, behaviour, readTemplate }),
  ];
}

/**
 * The fleet provisioning MQTT API (DG:fleet-provision-api) in JSON and CBOR. Every request is answered exactly once, on the
 * connection that made it, and logged once.
 */
export function createFleetProvisioning(options: FleetProvisioningOptions): ReservedTopicService {
  const { clock, broker, log, registry, settings = {}, behaviour = createBehaviour(), metrics = createProvisioningMetrics() } = options;
  const codecs = [jsonCodec, cborCodec({ allowsIndefiniteLengths: behaviour['provisioning.cbor-indefinite-lengths'] })];
  const route = createRouter(createExchanges(options, behaviour), codecs);
  const serve = createServe({ throttle: createRequestThrottle(clock, settings.requestRates), log, registry, behaviour, metrics });
  const answers = {
    formats: codecs.map(({ format }) => format),
    allowsWildcards: behaviour['provisioning.wildcards-bring-answers'],
  };

  const handle = async (connection: IotConnection, { topic, payload }: IotMessage): Promise<void> => {
    const routed = route(topic);
    if (routed === undefined) return;
    const reply = await serve(routed, connection, payload);
    const qos = behaviour['provisioning.answer-qos'];
    await broker().respond(connection, { topic: `${topic}/${reply.result}`, payload: reply.payload, qos, retain: false });
  };

  return {
    accepts: (topic) => route(topic) !== undefined,
    answersOn: (topicFilter) => isAnswerFilter(topicFilter, answers),
    handle,
  };
}
