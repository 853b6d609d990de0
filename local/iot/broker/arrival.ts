import type { Presented } from '../custom-authentication/presented.ts';
import type { Access } from './access.ts';
import type { TlsPeer } from './tls-peer.ts';
import type { Transport } from './transport.ts';

/** A connection whose TLS handshake is done and whose CONNECT is still to be judged. */
export interface Arrival {
  readonly transport: Transport;
  readonly peer: TlsPeer;
  readonly access: Access;
  /** The request that opened a WebSocket. */
  readonly http?: Presented['http'];
}
