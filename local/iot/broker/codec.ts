import { generate, parser, type Packet } from 'mqtt-packet';

import type { Delivery } from './message.ts';

export type ProtocolVersion = 4 | 5;

const encodings = { 4: { protocolVersion: 4 }, 5: { protocolVersion: 5 } } as const;

export const encode = (packet: Packet, version: ProtocolVersion): Buffer => generate(packet, encodings[version]);

/** Turns bytes into packets; learns the protocol version from the CONNECT that it sees. */
export class PacketReader {
  readonly #parser = parser();
  #isBroken = false;

  constructor(onPacket: (packet: Packet) => void, onMalformed: () => void) {
    const breakOff = (): void => {
      if (this.#isBroken) return;
      this.#isBroken = true;
      onMalformed();
    };
    this.#parser.on('packet', onPacket);
    this.#parser.on('error', breakOff);
  }

  /** Returns how many bytes wait for the rest of their packet. */
  read(chunk: Buffer): number {
    return this.#isBroken ? 0 : this.#parser.parse(chunk);
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
