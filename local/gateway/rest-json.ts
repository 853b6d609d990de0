import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ApiRequest, ApiResponse, ApiService } from './api-service.ts';
import { toJsonBody } from './aws-json.ts';
import type { Operation, OperationInput } from './operation.ts';
import { parseJsonObject } from './parse-json-object.ts';
import { refusingService } from './refusing-service.ts';
import type { RestBinding } from './rest-binding.ts';
import { compilePath, matchPath } from './rest-binding.ts';
import { restJsonError } from './rest-json-error.ts';

/** One operation of a REST JSON API: where its input travels and what it does. Query and header members arrive as strings. */
export interface RestJsonOperation {
  readonly binding: RestBinding;
  /** Status of success; default 200. */
  readonly status?: number;
  readonly handle: Operation;
  /** For output that is no JSON object: writes the response itself. */
  readonly respond?: (output: object) => ApiResponse;
}

export interface RestJsonServiceOptions {
  readonly signingNames: readonly string[];
  /** Operations by API name, e.g. `DescribeThing`. */
  readonly operations: Readonly<Record<string, RestJsonOperation>>;
}

const queryMembers = (request: ApiRequest, names: Readonly<Record<string, string>> = {}): OperationInput =>
  Object.fromEntries(
    Object.entries(names).flatMap(([parameter, member]) => {
      const values = request.query.getAll(parameter);
      return values.length === 0 ? [] : [[member, values.length === 1 ? values[0] : values]];
    }),
  );

const prefixedHeaders = (request: ApiRequest, prefix: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const headerMembers = (request: ApiRequest, names: Readonly<Record<string, string>> = {}): OperationInput =>
  Object.fromEntries(
    Object.entries(names).flatMap(([header, member]) => {
      const value = header.endsWith('-') ? prefixedHeaders(request, header) : request.headers[header];
      return value === undefined ? [] : [[member, value]];
    }),
  );

const bodyMembers = (request: ApiRequest, payload: string | undefined): OperationInput => {
  if (payload !== undefined) return { [payload]: request.body };
  return request.body.length === 0 ? {} : parseJsonObject(request.body.toString('utf8'));
};

const inputOf = (request: ApiRequest, binding: RestBinding, labels: OperationInput): OperationInput => ({
  ...bodyMembers(request, binding.payload),
  ...headerMembers(request, binding.headers),
  ...queryMembers(request, binding.query),
  ...labels,
});

const succeed = (operation: RestJsonOperation, output: object | undefined): ApiResponse => {
  if (operation.respond !== undefined) return operation.respond(output ?? {});
  const status = operation.status ?? 200;
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  return status === 204 ? { status, headers } : { status, headers, body: toJsonBody(output ?? {}) };
};

/** Makes a service that speaks AWS REST JSON (smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html) out of bound operations. */
export const restJsonService = (options: RestJsonServiceOptions): ApiService => {
  const routes = Object.entries(options.operations)
    .map(([name, operation]) => ({ name, operation, path: compilePath(operation.binding.uri) }))
    .sort((a, b) => b.path.literalCount - a.path.literalCount);

  const answer = async (request: ApiRequest): Promise<ApiResponse> => {
    for (const { operation, path } of routes) {
      const labels = operation.binding.method === request.method ? matchPath(path, request.path) : undefined;
      if (labels === undefined) continue;
      return succeed(operation, await operation.handle(inputOf(request, operation.binding, labels), request.caller));
    }
    const what = `${options.signingNames.join('/')}: ${request.method} ${request.path}`;
    throw new AwsError('UnknownOperationException', `The local AWS does not support ${what}. Its README lists what it does.`, {
      status: 404,
    });
  };
  const operationOf = ({ method, path: sent }: Omit<ApiRequest, 'caller'>): string | undefined =>
    routes.find(({ operation, path }) => operation.binding.method === method && matchPath(path, sent) !== undefined)?.name;
  return { ...refusingService({ ...options, answer, refuse: restJsonError }), operationOf };
};
