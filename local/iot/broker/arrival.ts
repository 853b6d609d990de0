import type { TlsPeer } from './tls-peer.ts';
import type { Transport } from './transport.ts';

/** A connection whose TLS handshake is done and whose CONNECT is still to be judged. */
export interface Arrival {
  readonly transport: Transport;
  readonly peer: TlsPeer;
}
