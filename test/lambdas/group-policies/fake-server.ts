import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface IotCall {
  readonly method: string | undefined;
  readonly path: string;
  readonly body: unknown;
}

/** AWS IoT and the place where CloudFormation waits for answers, on one port. */
export interface FakeServer {
  readonly url: string;
  readonly iotCalls: readonly IotCall[];
  readonly answers: readonly unknown[];
  readonly answerContentTypes: readonly (string | undefined)[];
  failIotWith(status: number, code: string, message: string): void;
  refuseAnswers(): void;
  stop(): Promise<void>;
}

export const startFakeServer = async (): Promise<FakeServer> => {
  const iotCalls: IotCall[] = [];
  const answers: unknown[] = [];
  const answerContentTypes: (string | undefined)[] = [];
  let failure: { status: number; code: string; message: string } | undefined;
  let answerStatus = 200;

  const server = createServer((request, response) => {
    void serve(request).then(({ status, headers, body }) => {
      response.writeHead(status, headers).end(body);
    });
  });

  const serve = async (request: IncomingMessage) => {
    const body: unknown = JSON.parse((await text(request)) || '{}');
    if (request.url?.startsWith('/answer')) {
      answers.push(body);
      answerContentTypes.push(request.headers['content-type']);
      return { status: answerStatus, headers: {}, body: '' };
    }
    iotCalls.push({ method: request.method, path: request.url ?? '', body });
    if (failure === undefined) return { status: 200, headers: {}, body: '{}' };
    const headers = { 'x-amzn-errortype': failure.code, 'content-type': 'application/json' };
    return { status: failure.status, headers, body: JSON.stringify({ message: failure.message }) };
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    iotCalls,
    answers,
    answerContentTypes,
    failIotWith: (status, code, message) => {
      failure = { status, code, message };
    },
    refuseAnswers: () => {
      answerStatus = 403;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
