import type { Packet } from 'mqtt-packet';
import type { Duplex } from 'node:stream';

import type { Clock } from '../../clock.ts';
import { encode, PacketReader, type ProtocolVersion } from './codec.ts';
import { PacedOutput } from './paced-output.ts';
import type { GateControls, OpenPacketGate, PacketGate } from './packet-gate.ts';
import type { ConnectionThrottle } from './throttle.ts';

/** How long a closed connection may take to take its last bytes before it is cut. */
const lingerMs = 1000;

export interface TransportLimits {
  /** The largest packet. */
  readonly packetBytes: number;
  /** A reader that leaves more unread is congested: it loses QoS 0 messages rather than filling this process's memory. */
  readonly unsentBytes: number;
}

export interface TransportListener {
  onPacket(packet: Packet): void;
  onMalformed(): void;
  /** More bytes than any packet may have. */
  onTooLarge(): void;
  /** Called once, whoever closed. */
  onClosed(): void;
}

/** One connection, of TLS or of a WebSocket within it, as a stream of MQTT packets. */
export class Transport {
  version: ProtocolVersion = 4;
  readonly #socket: Duplex;
  readonly #clock: Clock;
  readonly #output: PacedOutput;
  #rate: ConnectionThrottle['bytesIn'] | undefined;
  #limits: TransportLimits = { packetBytes: 0, unsentBytes: 0 };
  readonly #gate: PacketGate | undefined;
  #isClosing = false;

  constructor(socket: Duplex, clock: Clock, openGate?: OpenPacketGate) {
    this.#socket = socket;
    this.#clock = clock;
    this.#gate = openGate?.(this.#controls());
    this.#output = new PacedOutput(socket, clock);
  }

  listen(listener: TransportListener, limits: TransportLimits): void {
    this.#limits = limits;
    const receive = (packet: Packet): void => {
      if (this.#isClosing) return;
      if ((packet.length ?? 0) > limits.packetBytes) listener.onTooLarge();
      else listener.onPacket(packet);
    };
    const gate = this.#gate;
    const onPacket = (packet: Packet): void => {
      if (gate?.isOpen !== false) receive(packet);
      else
        gate.inbound(packet, () => {
          receive(packet);
        });
    };
    const reader = new PacketReader(onPacket, () => {
      if (!this.#isClosing) listener.onMalformed();
    });
    this.#socket.on('data', (chunk: Buffer) => {
      if (this.#isClosing) return;
      const pendingBytes = reader.read(chunk);
      if (pendingBytes > limits.packetBytes) listener.onTooLarge();
      else this.#slowDown(chunk.length);
    });
    // A reset is followed by `close`, which is all that matters here.
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => {
      listener.onClosed();
    });
  }

  /** From now on data is processed at these rates. */
  limit(rates: Pick<ConnectionThrottle, 'bytesIn' | 'bytesOut'> | undefined): void {
    if (rates === undefined) return;
    this.#rate = rates.bytesIn;
    this.#output.limit(rates.bytesOut);
  }

  get isCongested(): boolean {
    return this.#output.unsentBytes > this.#limits.unsentBytes;
  }

  send(packet: Packet): void {
    const bytes = encode(packet, this.version);
    if (this.#gate?.isOpen !== false) this.#write(bytes);
    else
      this.#gate.outbound(packet, () => {
        this.#write(bytes);
      });
  }

  /** Sends a PUBLISH of that topic. */
  sendEncoded(bytes: Buffer, topic: string): void {
    if (this.#gate?.isOpen !== false) this.#write(bytes);
    else
      this.#gate.outbound({ cmd: 'publish', topic }, () => {
        this.#write(bytes);
      });
  }

  /** Sends a last packet, if any, then close_notify; what still comes in is read and dropped, so that nothing is reset under the last packet. */
  close(last?: Packet): void {
    if (this.#isClosing) return;
    this.#output.flush();
    this.#socket.resume();
    if (last === undefined) this.#socket.end();
    else this.#socket.end(encode(last, this.version));
    this.#isClosing = true;
    const timer = this.#clock.setTimer(() => {
      this.#socket.destroy();
    }, lingerMs);
    this.#socket.once('close', () => {
      timer.cancel();
    });
  }

  /** Reads nothing until `resume`: who has not been let in yet has nothing to say. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#isClosing = true;
    this.#socket.destroy();
  }

  #write(bytes: Buffer): void {
    if (!this.#isClosing) this.#output.write(bytes);
  }

  #controls(): GateControls {
    return {
      reply: (packet, version) => {
        this.#write(encode(packet, version));
      },
      close: (version, last) => {
        this.version = version;
        this.close(last);
      },
      drop: () => {
        this.destroy();
      },
    };
  }

  /** What came too fast is paid for by reading on later. */
  #slowDown(bytes: number): void {
    const waitMs = this.#rate?.spend(bytes) ?? 0;
    if (waitMs === 0 || this.#isClosing) return;
    this.#socket.pause();
    this.#clock.setTimer(() => {
      this.#socket.resume();
    }, waitMs);
  }
}
