import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer as it went over the wire. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The answers that an endpoint gave, by what was asked, in their order. */
export type Tape = ReadonlyMap<string, readonly Answer[]>;

export interface TapeEndpoint {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
};

/** What a request asks for: its action and stack, its JSON target, or its method and path. */
const questionOf = ({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): string => {
  const target = headers['x-amz-target'];
  if (target !== undefined) return `${String(target)} ${body.toString()}`;
  const form = new URLSearchParams(body.toString('latin1'));
  const action = form.get('Action');
  return action === null ? `${method} ${url.split('?')[0] ?? ''}` : `${action} ${form.get('StackName') ?? form.get('RoleArn') ?? ''}`;
};

const listen = async (answer: (message: IncomingMessage, body: Buffer) => Promise<Answer>): Promise<TapeEndpoint> => {
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answer(message, await bodyOf(message));
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((message, response) => void serve(message, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** As it came, host included: the signature covers it. */
const forward = async (target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer): Promise<Answer> => {
  const passed = request(`${target}${url}`, { method, headers });
  passed.end(body);
  const [response] = (await once(passed, 'response')) as [IncomingMessage];
  const type = response.headers['content-type'];
  return {
    status: response.statusCode ?? 500,
    headers: { ...(type === undefined ? {} : { 'content-type': type }) },
    body: await bodyOf(response),
  };
};

/** Passes everything on to `target` and writes down what it answers. */
export const startRecording = async (target: string): Promise<TapeEndpoint & { readonly tape: Tape }> => {
  const tape = new Map<string, Answer[]>();
  const endpoint = await listen(async (message, body) => {
    const answer = await forward(target, message, body);
    const question = questionOf(message, body);
    tape.set(question, [...(tape.get(question) ?? []), answer]);
    return answer;
  });
  return { ...endpoint, tape };
};

/** Answers at once from a tape: each question's answers in their order, then the last one for ever. */
export const startReplay = (tape: Tape): Promise<TapeEndpoint> => {
  const asked = new Map<string, number>();
  return listen((message, body) => {
    const question = questionOf(message, body);
    const answers = tape.get(question) ?? [];
    const turn = asked.get(question) ?? 0;
    asked.set(question, turn + 1);
    const unknown: Answer = { status: 501, headers: {}, body: Buffer.from(`The tape has no "${question}"`) };
    return Promise.resolve(answers[turn] ?? answers.at(-1) ?? unknown);
  });
};
