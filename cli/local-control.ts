import { CommandError } from './command-error.ts';

export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under the control endpoint, e.g. `/faults`. */
  readonly path: string;
  readonly body?: unknown;
}

const refusalIn = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : JSON.stringify(answer);

/**
 * Asks the control endpoint of a local AWS; answers the JSON that comes, undefined when nothing does.
 * @throws CommandError when nobody answers there, or with the reason of a refusal.
 */
export const askLocalAws = async (endpoint: string | undefined, { method, path, body }: ControlCall): Promise<unknown> => {
  if (endpoint === undefined) {
    throw new CommandError(
      'No local AWS is named: set AWS_ENDPOINT_URL, which `muster local` prints when it starts, or give --endpoint <url>.',
    );
  }
  const url = `${endpoint.replace(/\/+$/, '')}/_local${path}`;
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, { method, ...sent }).catch((cause: unknown) => {
    throw new CommandError(`No local AWS answers at ${url}: ${String(cause)}. Start one with \`muster local\` or \`npm start\`.`);
  });
  const text = await response.text();
  const answer = text === '' ? undefined : parse(text, url);
  if (!response.ok) throw new CommandError(`The local AWS refused ${method} ${path}: ${refusalIn(answer)}`);
  return answer;
};

const parse = (text: string, url: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`What answers at ${url} is no local AWS: it said "${text.slice(0, 80)}".`);
  }
};
