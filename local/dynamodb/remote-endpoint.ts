import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import type { ApiRequest, ApiResponse, ApiService } from '../gateway/api-service.ts';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const bound = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

const forward = (endpoint: string, { method, path, headers, body }: Exchange): Promise<ApiResponse> =>
  new Promise((resolve, reject) => {
    const url = new URL(path, endpoint);
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !bound.has(name)));
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, { method, headers: { ...kept, 'content-length': String(body.length) } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answered = Object.entries(incoming.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
        const passed = Object.fromEntries(answered.filter(([name]) => !bound.has(name)));
        resolve({ status: incoming.statusCode ?? 502, headers: passed, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', (cause) => {
      reject(new AwsError('InternalServerError', `DynamoDB at ${endpoint} does not answer: ${cause.message}`, { status: 500 }));
    });
    outgoing.end(body);
  });

const refusal = z.looseObject({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

const outcomeOf = ({ status, body }: ApiResponse): object => {
  const answer = z.looseObject({}).parse(JSON.parse(String(body ?? '{}')));
  if (status < 300) return answer;
  const { __type, message, Message } = refusal.parse(answer);
  throw new AwsError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '', { status });
};

/** A DynamoDB that somebody else runs, e.g. DynamoDB Local: requests go there as they came, answers come back as they are. */
export const remoteApi = (endpoint: string): ApiService => ({
  signingNames: ['dynamodb'],
  // None of its own: the endpoint has what it has.
  operations: [],
  handle: (request: ApiRequest) => {
    const query = request.query.toString();
    return forward(endpoint, { ...request, path: query === '' ? request.path : `${request.path}?${query}` });
  },
});

/** Settings that do nothing to items and that stand-ins such as DynamoDB Local lack: a table without them is as good there. */
const dispensable = new Set(['UpdateContinuousBackups', 'PutResourcePolicy', 'DeleteResourcePolicy']);

const isDispensable = (operation: string, thrown: unknown): boolean =>
  dispensable.has(operation) && thrown instanceof AwsError && thrown.code === 'UnknownOperationException';

/** Calls that endpoint for resource providers. It checks no signature, but wants one to be there. */
export const remoteCaller =
  (endpoint: string, region: string): CallOperation =>
  async (operation, input) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''),
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
    };
    try {
      return outcomeOf(await forward(endpoint, { method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) }));
    } catch (thrown) {
      if (isDispensable(operation, thrown)) return {};
      throw thrown;
    }
  };
