import type { TLSSocket } from 'node:tls';

/** What the client asked for by SNI. Node documents `servername` for servers as string or false, and types it not at all. */
export const serverNameOf = (socket: TLSSocket): string | undefined => {
  const serverName: unknown = Reflect.get(socket, 'servername');
  return typeof serverName === 'string' ? serverName : undefined;
};
