import type { Packet } from 'mqtt-packet';

import type { ProtocolVersion } from './codec.ts';

/** A packet on its way to the client; of a PUBLISH only what tells it from others. */
export interface OutboundPacket {
  readonly cmd: Packet['cmd'];
  readonly messageId?: number | undefined;
  readonly topic?: string | undefined;
}

/** Stands between one connection and the handlers of its packets. `proceed` lets the packet through; it may be called later, or never. */
export interface PacketGate {
  /** True while every packet would pass at once: then nobody need ask. */
  readonly isOpen: boolean;
  inbound(packet: Packet, proceed: () => void): void;
  outbound(packet: OutboundPacket, proceed: () => void): void;
}

/** What a gate may do to its connection. */
export interface GateControls {
  /** Answers in the broker's place. */
  reply(packet: Packet, version: ProtocolVersion): void;
  /** Ends the connection in order, with a last packet if there is one. */
  close(version: ProtocolVersion, last?: Packet): void;
  /** Cuts the connection. */
  drop(): void;
}

/** Makes the gate of a connection that has just been accepted. */
export type OpenPacketGate = (controls: GateControls) => PacketGate;
