import { generate, type IPublishPacket, parser, type Packet } from 'mqtt-packet';

import type { Delivery, RoutedMessage } from './message.ts';
import type { OutboundAlias } from './outbound-aliases.ts';

export type ProtocolVersion = 4 | 5;

const encodings = { 4: { protocolVersion: 4 }, 5: { protocolVersion: 5 } } as const;

export const encode = (packet: Packet, version: ProtocolVersion): Buffer => generate(packet, encodings[version]);

/** Properties that may come more than once. [MQTT-3.1.2-11.8], [MQTT-3.3.2-18] */
const repeatable = new Set(['userProperties', 'subscriptionIdentifier']);

const hasRepeated = (properties: object | undefined): boolean =>
  Object.entries(properties ?? {}).some(([name, value]) => Array.isArray(value) && !repeatable.has(name));

/** What mqtt-packet lets pass and the protocol does not: any other property given twice is a Protocol Error. [MQTT-5 §2.2.2.2] */
const isSound = (packet: Packet): boolean => {
  if ('properties' in packet && hasRepeated(packet.properties)) return false;
  return packet.cmd !== 'connect' || !hasRepeated(packet.will?.properties);
};

/** Turns bytes into packets; learns the protocol version from the CONNECT that it sees. */
export class PacketReader {
  readonly #parser = parser();
  readonly #onMalformed: () => void;
  #isBroken = false;

  constructor(onPacket: (packet: Packet) => void, onMalformed: () => void) {
    this.#onMalformed = onMalformed;
    this.#parser.on('packet', (packet) => {
      if (this.#isBroken) return;
      if (isSound(packet)) onPacket(packet);
      else this.#breakOff();
    });
    this.#parser.on('error', () => {
      this.#breakOff();
    });
  }

  /** Returns how many bytes wait for the rest of their packet. */
  read(chunk: Buffer): number {
    if (this.#isBroken) return 0;
    try {
      return this.#parser.parse(chunk);
    } catch {
      this.#breakOff(); // not known to happen (the tests try hard), but it would take every connection of the process along
      return 0;
    }
  }

  #breakOff(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#onMalformed();
  }
}

interface OneSending {
  /** Only with QoS 1. */
  readonly messageId?: number;
  readonly alias?: OutboundAlias;
  readonly nowMs: number;
}

/** What is left of a message's life in whole seconds: "as soon as the time remaining is 999 ms or less, it will be updated to 0" (DG:mqtt). */
const expiryOf = ({ expiresAt }: RoutedMessage, nowMs: number): { messageExpiryInterval?: number } =>
  expiresAt === undefined ? {} : { messageExpiryInterval: Math.max(0, Math.floor((expiresAt - nowMs) / 1000)) };

const propertiesOf = (message: RoutedMessage, { alias, nowMs }: OneSending): NonNullable<IPublishPacket['properties']> => ({
  ...message.properties,
  ...expiryOf(message, nowMs),
  ...(alias === undefined ? {} : { topicAlias: alias.alias }),
});

/** A PUBLISH as a subscriber gets it. "The MQTT DUP flag is not supported" (DG:mqtt), so it is never set. */
export const encodeDelivery = ({ message, qos, retain }: Delivery, version: ProtocolVersion, sending: OneSending): Buffer =>
  encode(
    {
      cmd: 'publish',
      topic: sending.alias?.isNew === false ? '' : message.topic,
      payload: message.payload,
      qos,
      retain,
      dup: false,
      ...(sending.messageId === undefined ? {} : { messageId: sending.messageId }),
      ...(version === 5 ? { properties: propertiesOf(message, sending) } : {}),
    },
    version,
  );
