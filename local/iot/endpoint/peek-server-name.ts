import type { Socket } from 'node:net';
import { readClientHello } from './client-hello.ts';

/** More than any ClientHello has, certificates of post-quantum keys included. */
const maximumHelloBytes = 64 * 1024;

/** Node gives a handshake as long. */
const patienceMs = 120_000;

/**
 * Tells which name the client will ask for by SNI, and puts the bytes back for TLS to read. A client that hangs up or says
 * nothing for two minutes is never told of.
 */
export const peekServerName = (socket: Socket, tell: (serverName: string | undefined) => void): void => {
  let seen = Buffer.alloc(0);
  const giveUp = (): void => {
    socket.destroy();
  };
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const hello = readClientHello(seen);
    if (!hello.isComplete && seen.length < maximumHelloBytes) return;
    socket.off('data', look).off('timeout', giveUp).setTimeout(0).pause();
    socket.unshift(seen);
    tell(hello.isComplete ? hello.serverName : undefined);
  };
  socket.on('error', giveUp).setTimeout(patienceMs, giveUp).on('data', look);
};
