import type { IPublishPacket } from 'mqtt-packet';

import type { IotConnection } from '../connection.ts';
import type { ThingView } from '../directory.ts';
import type { PolicyAuthorizer, PolicyRequest, PolicySubject } from '../policy/authorizer.ts';
import type { Clock } from '../../clock.ts';
import { encodeDelivery, type ProtocolVersion } from './codec.ts';
import type { TlsPeer } from './tls-peer.ts';
import { type Delivery, isExpired, type RoutedMessage } from './message.ts';
import type { Receiver, Session } from './session.ts';
import type { Transport } from './transport.ts';
import type { Will } from './will.ts';

/** What CONNECT settled for the life of a connection. */
export interface ClientTerms {
  readonly clientId: string;
  readonly principalId: string;
  readonly thing: ThingView | undefined;
  readonly sessionIdentifier: string;
  readonly versionNumber: number;
  readonly keepAliveSeconds: number;
  readonly isCleanStart: boolean;
  /** As the client asked in CONNECT, before the account's limit; decides what DISCONNECT may change. [MQTT-3.14.2-2] */
  readonly requestedExpirySeconds: number;
  readonly receiveMaximum: number;
  /** Bytes; a larger packet is not sent. [MQTT-3.1.2-24] */
  readonly maximumPacketSize: number;
  readonly will: Will | undefined;
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
  /** Topics by alias, in the client's direction only. [MQTT-3.3.2-8] */
  readonly topicAliases = new Map<number, string>();
  isEnded = false;
  readonly #authorizer: PolicyAuthorizer;
  readonly #clock: Clock;

  constructor(terms: ClientTerms, wire: ClientWire, ports: { readonly authorizer: PolicyAuthorizer; readonly clock: Clock }) {
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
    this.#authorizer = ports.authorizer;
    this.#clock = ports.clock;
  }

  may(action: PolicyRequest['action'], name: string): boolean {
    return this.#authorizer.authorize(this.subject, { action, name }) === 'allowed';
  }

  /** A message that policy does not let it receive vanishes without a sign (DG:iot-policy-actions, iot:Receive). */
  deliver(message: RoutedMessage, retain: boolean): void {
    if (this.transport.isCongested || !this.#wants(message)) return;
    this.#send({ message, qos: 0, retain }, undefined, false);
  }

  transmit(delivery: Delivery, messageId: number, isRepeated: boolean): boolean {
    return this.#wants(delivery.message) && this.#send(delivery, messageId, isRepeated);
  }

  #wants(message: RoutedMessage): boolean {
    return !isExpired(message, this.#clock.now()) && this.may('iot:Receive', message.topic);
  }

  #send(delivery: Delivery, messageId: IPublishPacket['messageId'], isRepeated: boolean): boolean {
    const sending = { isRepeated, nowMs: this.#clock.now(), ...(messageId === undefined ? {} : { messageId }) };
    const bytes = encodeDelivery(delivery, this.protocolVersion, sending);
    if (bytes.length > this.terms.maximumPacketSize) return false;
    this.transport.sendEncoded(bytes);
    return true;
  }
}

export interface ClientWire {
  readonly session: Session;
  readonly transport: Transport;
  readonly peer: TlsPeer;
  readonly subject: PolicySubject;
}
