import type { Packet } from 'mqtt-packet';
import type { Clock } from '../clock.ts';
import type { GateControls, OpenPacketGate, OutboundPacket, PacketGate } from '../iot/broker/packet-gate.ts';
import { filterMatches } from '../iot/broker/topic-matching.ts';
import { matchesWildcards } from '../policy/match-pattern.ts';
import type { FaultNote, MqttFault } from './fault.ts';
import type { FaultBook, Strike } from './fault-book.ts';
import { Lane } from './lane.ts';
import { refusePacket } from './refuse-packet.ts';

/** A packet that a fault struck. */
export interface StruckPacket extends FaultNote {
  readonly packet: string;
  readonly clientId: string;
  readonly topic: string | undefined;
}

interface Ports {
  readonly faults: FaultBook;
  readonly clock: Clock;
  readonly note: (struck: StruckPacket) => void;
}

const acknowledgements: Readonly<Partial<Record<Packet['cmd'], Packet['cmd']>>> = {
  connect: 'connack',
  publish: 'puback',
  subscribe: 'suback',
  unsubscribe: 'unsuback',
  pingreq: 'pingresp',
};

/** The topics that a packet is about; filters count as if they were topics. */
const topicsOf = (packet: Packet): readonly string[] => {
  if (packet.cmd === 'publish') return [packet.topic];
  if (packet.cmd === 'subscribe') return packet.subscriptions.map(({ topic }) => topic);
  return packet.cmd === 'unsubscribe' ? packet.unsubscriptions : [];
};

/** One connection on which faults strike. */
class FaultyGate implements PacketGate {
  readonly #ports: Ports;
  readonly #controls: GateControls;
  readonly #in: Lane;
  readonly #out: Lane;
  /** Acknowledgements that will not be sent: their kind and packet id. */
  readonly #lost = new Set<string>();
  /** Unknown until CONNECT. */
  #clientId: string | undefined;
  #version: 4 | 5 = 4;

  constructor(ports: Ports, controls: GateControls) {
    this.#ports = ports;
    this.#controls = controls;
    this.#in = new Lane(ports.clock);
    this.#out = new Lane(ports.clock);
  }

  get isOpen(): boolean {
    return this.#ports.faults.isEmpty && this.#lost.size === 0 && this.#in.isIdle && this.#out.isIdle && this.#clientId !== undefined;
  }

  inbound(packet: Packet, proceed: () => void): void {
    if (packet.cmd === 'connect') {
      this.#clientId = packet.clientId;
      this.#version = packet.protocolVersion === 5 ? 5 : 4;
    }
    const strike = this.#strike('in', packet.cmd, () => topicsOf(packet));
    if (strike === undefined) {
      this.#pass(this.#in, proceed);
    } else if (strike.fault.effect.kind === 'lose-reply') {
      this.#lost.add(`${acknowledgements[packet.cmd] ?? ''} ${packet.messageId ?? 0}`);
      this.#pass(this.#in, proceed);
    } else this.#suffer(strike, this.#in, { proceed, packet });
  }

  outbound({ cmd, messageId, topic }: OutboundPacket, proceed: () => void): void {
    if (this.#lost.size > 0 && this.#lost.delete(`${cmd} ${messageId ?? 0}`)) return;
    const strike = this.#strike('out', cmd, () => (topic === undefined ? [] : [topic]));
    if (strike === undefined) this.#pass(this.#out, proceed);
    else this.#suffer(strike, this.#out, { proceed });
  }

  #suffer(strike: Strike<'mqtt'>, lane: Lane, sent: { readonly proceed: () => void; readonly packet?: Packet }): void {
    const { effect } = strike.fault;
    if (effect.kind === 'latency') this.#pass(lane, sent.proceed, effect.ms);
    else if (effect.kind === 'drop') this.#controls.drop();
    else if (effect.kind === 'refuse' && sent.packet !== undefined)
      refusePacket(sent.packet, effect.reasonCode, { version: this.#version, controls: this.#controls });
  }

  #pass(lane: Lane, proceed: () => void, delayMs = 0): void {
    if (!lane.pass(proceed, delayMs)) this.#controls.drop();
  }

  #strike(direction: 'in' | 'out', packet: Packet['cmd'], topics: () => readonly string[]): Strike<'mqtt'> | undefined {
    const { faults, note } = this.#ports;
    const sender = this.#clientId ?? '';
    if (faults.isEmpty) return undefined;
    const matches = ({ topic, clientId, ...fault }: MqttFault): boolean =>
      fault.packet === packet &&
      fault.direction === direction &&
      (clientId === undefined || matchesWildcards(clientId, sender)) &&
      (topic === undefined || topics().some((one) => filterMatches(topic, one)));
    const strike = faults.strike('mqtt', matches);
    if (strike !== undefined)
      note({ faultId: strike.faultId, effect: strike.fault.effect.kind, packet, clientId: sender, topic: topics()[0] });
    return strike;
  }
}

/** Lets the faults of the book strike at MQTT packets; tells `note` of each that was struck. */
export const packetFaults =
  (ports: Ports): OpenPacketGate =>
  (controls) =>
    new FaultyGate(ports, controls);
