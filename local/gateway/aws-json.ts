import { randomUUID } from 'node:crypto';
import type { AwsError } from '../aws-error.ts';
import { AwsError as Refusal } from '../aws-error.ts';
import type { ApiRequest, ApiResponse, ApiService } from './api-service.ts';
import type { OperationInput, OperationTable } from './operation.ts';
import { parseJsonObject } from './parse-json-object.ts';
import { refusingService } from './refusing-service.ts';
import { unsupportedOperation } from './unsupported-operation.ts';

/** The AWS JSON protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export interface AwsJsonServiceOptions {
  readonly signingNames: readonly string[];
  /** What stands before the operation in `X-Amz-Target`, e.g. `AmazonSSM`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: OperationTable;
  /** Headers that the service adds to an error, e.g. SQS's `x-amzn-query-error`. */
  readonly errorHeaders?: (error: AwsError) => Readonly<Record<string, string>>;
}

/** Dates travel as seconds since the epoch, bytes as base64 (a replacer would come too late: `Buffer` has a `toJSON`). */
const toJsonValue = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJsonValue(member)]));
};

/** Output members as JSON text: `Date` as epoch seconds, bytes as base64. */
export const toJsonBody = (output: object): string => JSON.stringify(toJsonValue(output));

/** An error's status, headers and body in the AWS JSON protocol. */
export const awsJsonError = (
  error: AwsError,
  version: '1.0' | '1.1' = '1.1',
  headers: Readonly<Record<string, string>> = {},
): ApiResponse => ({
  status: error.status,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID(), ...headers },
  body: toJsonBody({ __type: error.code, message: error.message, ...error.members }),
});

const operationNameOf = (request: ApiRequest, targetPrefix: string): string => {
  const target = request.headers['x-amz-target'] ?? '';
  if (!target.startsWith(`${targetPrefix}.`)) {
    throw new Refusal('UnknownOperationException', `X-Amz-Target is '${target}', expected '${targetPrefix}.<Operation>'.`);
  }
  return target.slice(targetPrefix.length + 1);
};

const parseBody = (body: Buffer): OperationInput => (body.length === 0 ? {} : parseJsonObject(body.toString('utf8')));

/** Makes a service that speaks AWS JSON out of a table of operations. */
export const awsJsonService = (options: AwsJsonServiceOptions): ApiService => {
  const answer = async (request: ApiRequest): Promise<ApiResponse> => {
    const name = operationNameOf(request, options.targetPrefix);
    const operation = Object.hasOwn(options.operations, name) ? options.operations[name] : undefined;
    if (operation === undefined) throw unsupportedOperation(options.signingNames.join('/'), name);
    const output = await operation(parseBody(request.body), request.caller);
    const headers = { 'content-type': `application/x-amz-json-${options.version}`, 'x-amzn-requestid': randomUUID() };
    return { status: 200, headers, body: output === undefined ? '{}' : toJsonBody(output) };
  };
  return refusingService({
    ...options,
    answer,
    refuse: (error) => awsJsonError(error, options.version, options.errorHeaders?.(error)),
  });
};
