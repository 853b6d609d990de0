import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { AwsError } from '../../../aws-error.ts';
import type { BrokerCore } from '../core.ts';
import type { AdmissionCache } from './identify-visitor.ts';
import { openWebSocket } from './open-web-socket.ts';
import { publishOverHttp } from './publish-over-http.ts';
import type { WebVisit } from './web-visit.ts';

/** HTTP on connections that the endpoint has accepted: WebSockets and publishing. */
export interface WebDoor {
  accept(visit: WebVisit): void;
}

const answer = (response: ServerResponse, status: number, error?: AwsError): void => {
  const type = error === undefined ? {} : { 'x-amzn-errortype': error.code };
  response.writeHead(status, { 'content-type': 'application/json', ...type });
  response.end(JSON.stringify({ message: error?.message ?? 'OK', traceId: randomUUID() }));
};

const internalFailure = new AwsError('InternalFailureException', 'Internal failure', { status: 500 });

export const createWebDoor = (core: BrokerCore): WebDoor => {
  const visits = new WeakMap<Duplex, WebVisit>();
  const cache: AdmissionCache = new WeakMap();
  const publish = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const visit = visits.get(message.socket);
    if (visit === undefined) return;
    try {
      await publishOverHttp(core, visit, { message, cache });
      answer(response, 200);
    } catch (thrown) {
      const error = thrown instanceof AwsError ? thrown : internalFailure;
      answer(response, error.status, error);
    }
  };
  const server = createServer((message, response) => void publish(message, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const visit = visits.get(socket);
    if (visit === undefined) socket.destroy();
    else openWebSocket(core, visit, { request, head });
  });
  server.on('clientError', (_error, socket) => {
    socket.destroy();
  });
  return {
    accept: (visit) => {
      visits.set(visit.socket, visit);
      visit.socket.on('error', () => undefined);
      server.emit('connection', visit.socket);
    },
  };
};
