import { generate, parser, type Packet } from 'mqtt-packet';

import type { Delivery } from './message.ts';

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

/** A PUBLISH as a subscriber gets it; `messageId` only with QoS 1. */
export const encodeDelivery = (
  { message, qos, retain }: Delivery,
  version: ProtocolVersion,
  sending: { readonly messageId?: number; readonly isRepeated?: boolean; readonly nowMs: number },
): Buffer => {
  const expiry =
    message.expiresAt === undefined ? {} : { messageExpiryInterval: Math.max(1, Math.ceil((message.expiresAt - sending.nowMs) / 1000)) };
  return encode(
    {
      cmd: 'publish',
      topic: message.topic,
      payload: message.payload,
      qos,
      retain,
      dup: sending.isRepeated ?? false,
      ...(sending.messageId === undefined ? {} : { messageId: sending.messageId }),
      ...(version === 5 ? { properties: { ...message.properties, ...expiry } } : {}),
    },
    version,
  );
};
