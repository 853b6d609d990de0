import type { Clock, Timer } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection } from '../connection.ts';
import type { IotDirectory, ThingView } from '../directory.ts';
import type { AdmittedSession } from '../custom-authentication/admitted-session.ts';
import type { IotLog } from '../events/iot-log.ts';
import type { TrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { PolicyAuthorizer, PolicyRequest, PolicySubject } from '../policy/authorizer.ts';
import { encodeDelivery, type ProtocolVersion } from './codec.ts';
import { authorizationFailure, factsOf } from './connection-facts.ts';
import { type Delivery, isExpired, type RoutedMessage } from './message.ts';
import { OutboundAliases } from './outbound-aliases.ts';
import type { Sending } from './outbound-queue.ts';
import { quotas } from './quotas.ts';
import type { Receiver, Session } from './session.ts';
import type { ConnectionThrottle, Throttle } from './throttle.ts';
import type { TlsPeer } from './tls-peer.ts';
import type { Transport } from './transport.ts';
import type { Will } from './will.ts';

/** What CONNECT settled for the life of a connection. */
export interface ClientTerms {
  readonly clientId: string;
  readonly principalId: string;
  readonly thing: ThingView | undefined;
  readonly sessionIdentifier: string;
  readonly versionNumber: number;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly keepAliveSeconds: number;
  readonly isCleanStart: boolean;
  /** As the client asked in CONNECT, before the account's limit; decides what DISCONNECT may change. [MQTT-3.14.2-2] */
  readonly requestedExpirySeconds: number;
  readonly receiveMaximum: number;
  /** Bytes; a larger packet is not sent. [MQTT-3.1.2-24] */
  readonly maximumPacketSize: number;
  /** How many topic aliases the client takes. [MQTT-3.1.2-26] */
  readonly topicAliasMaximum: number;
  /** Request Problem Information. [MQTT-3.1.2-29] */
  readonly wantsReasons: boolean;
  readonly will: Will | undefined;
  /** What a custom authorizer allows, and for how long. */
  readonly admitted: AdmittedSession | undefined;
}

export interface ClientWire {
  readonly session: Session;
  readonly transport: Transport;
  readonly peer: TlsPeer;
  readonly subject: PolicySubject;
}

interface ClientPorts {
  readonly authorizer: PolicyAuthorizer;
  readonly behaviour: IotBehaviour;
  readonly clock: Clock;
  readonly directory: Pick<IotDirectory, 'associatedThing'>;
  readonly log: IotLog;
  readonly metrics: TrafficMetrics;
  readonly throttle: Throttle;
}

/** An accepted connection: who it is, what it may do, and how to send to it. */
export class Client implements IotConnection, Receiver {
  readonly clientId: string;
  readonly principalId: string;
  readonly thing: ThingView | undefined;
  readonly sessionIdentifier: string;
  readonly protocolVersion: ProtocolVersion;
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly receiveMaximum: number;
  readonly terms: ClientTerms;
  readonly session: Session;
  readonly transport: Transport;
  readonly peer: TlsPeer;
  readonly subject: PolicySubject;
  /** Undefined where quotas are off. */
  readonly rates: ConnectionThrottle | undefined;
  /** Topics by alias, in the client's direction. [MQTT-3.3.2-8] */
  readonly topicAliases = new Map<number, string>();
  isEnded = false;
  readonly #ports: ClientPorts;
  readonly #outboundAliases: OutboundAliases | undefined;
  #redelivery: Timer | undefined;
  #retry: Timer | undefined;

  constructor(terms: ClientTerms, wire: ClientWire, ports: ClientPorts) {
    this.terms = terms;
    this.clientId = terms.clientId;
    this.principalId = terms.principalId;
    this.thing = terms.thing;
    this.sessionIdentifier = terms.sessionIdentifier;
    this.receiveMaximum = terms.receiveMaximum;
    this.session = wire.session;
    this.transport = wire.transport;
    this.protocolVersion = wire.transport.version;
    this.peer = wire.peer;
    this.sourceIp = wire.peer.sourceIp;
    this.sourcePort = wire.peer.sourcePort;
    this.subject = wire.subject;
    this.rates = ports.throttle.forConnection();
    this.#ports = ports;
    const aliases = ports.behaviour['mqtt.message.topic-aliases'] ? Math.min(terms.topicAliasMaximum, quotas.topicAliases) : 0;
    this.#outboundAliases = aliases > 0 ? new OutboundAliases(aliases) : undefined;
  }

  get isCustomAuthenticated(): boolean {
    return this.terms.admitted !== undefined;
  }

  get hasRate(): boolean {
    return this.rates === undefined || this.rates.publishesOut.msUntil(1) === 0;
  }

  may(action: PolicyRequest['action'], name: string): boolean {
    return this.#ports.authorizer.authorize(this.#currentSubject(), { action, name }) === 'allowed';
  }

  /** A message that policy does not let it receive vanishes without a sign (DG:iot-policy-actions, iot:Receive). */
  deliver(message: RoutedMessage, retain: boolean): void {
    if (this.transport.isCongested || !this.#wants(message) || !this.#takeRate()) return;
    this.#send({ message, qos: 0, retain });
  }

  transmit(delivery: Delivery, messageId: number): Sending {
    if (!this.#wants(delivery.message)) return 'dropped';
    if (!this.#takeRate()) return this.#postpone();
    if (!this.#send(delivery, messageId)) return 'dropped';
    this.#watchAcknowledgement();
    return 'sent';
  }

  /** The connection is over: nothing more is sent on it. */
  end(): void {
    this.isEnded = true;
    this.terms.admitted?.end();
    this.#redelivery?.cancel();
    this.#retry?.cancel();
  }

  #currentSubject(): PolicySubject {
    if (this.#ports.behaviour['mqtt.connection.thing-is-fixed']) return this.subject;
    return { ...this.subject, thing: this.#ports.directory.associatedThing(this.principalId, this.clientId) };
  }

  #wants(message: RoutedMessage): boolean {
    if (isExpired(message, this.#ports.clock.now())) return false;
    if (this.may('iot:Receive', message.topic)) return true;
    this.#ports.metrics.count('PublishOut.AuthError');
    this.#ports.log(() => ({
      eventType: 'Publish-Out',
      status: 'Failure',
      topicName: message.topic,
      ...factsOf(this),
      ...authorizationFailure(this.#ports.behaviour),
    }));
    return false;
  }

  #takeRate(): boolean {
    if (this.rates === undefined || (this.rates.publishesOut.take() && this.#ports.throttle.take('publishesOut'))) return true;
    this.#ports.metrics.count('PublishOut.Throttle');
    return false;
  }

  #postpone(): Sending {
    if (this.#ports.behaviour['mqtt.message.qos1-over-outbound-rate'] === 'discarded') return 'dropped';
    this.#retry ??= this.#ports.clock.setTimer(
      () => {
        this.#retry = undefined;
        this.session.queue.pump(this.#ports.clock.now());
      },
      Math.max(1, this.rates?.publishesOut.msUntil(1) ?? 0),
    );
    return 'later';
  }

  #send(delivery: Delivery, messageId?: number): boolean {
    const alias = this.#outboundAliases?.of(delivery.message.topic);
    const sending = {
      nowMs: this.#ports.clock.now(),
      ...(messageId === undefined ? {} : { messageId }),
      ...(alias === undefined ? {} : { alias }),
    };
    const bytes = encodeDelivery(delivery, this.protocolVersion, sending);
    if (bytes.length > this.terms.maximumPacketSize) return false;
    if (alias?.isNew === true) this.#outboundAliases?.learn(delivery.message.topic);
    this.transport.sendEncoded(bytes, delivery.message.topic);
    this.#ports.metrics.count('PublishOut.Success');
    this.#ports.log(() => ({ eventType: 'Publish-Out', status: 'Success', topicName: delivery.message.topic, ...factsOf(this) }));
    return true;
  }

  /** Looks after a while whether everything was acknowledged, as long as something is not. */
  #watchAcknowledgement(): void {
    const { clock, behaviour } = this.#ports;
    const intervalMs = behaviour['mqtt.message.redelivery-interval-ms'];
    this.#redelivery ??= clock.setTimer(() => {
      this.#redelivery = undefined;
      const nowMs = clock.now();
      const repeats = this.protocolVersion === 4 || behaviour['mqtt.message.redelivery-over-mqtt5'];
      this.session.queue.redeliver({
        nowMs,
        // A timer looks at all messages at once, so that one sent in between waits for the next.
        sentBefore: repeats ? nowMs - intervalMs + 1 : undefined,
        firstSentBefore: nowMs - quotas.redeliverySeconds[this.protocolVersion] * 1000,
      });
      if (this.session.queue.hasInFlight) this.#watchAcknowledgement();
    }, intervalMs);
  }
}
