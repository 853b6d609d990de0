import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ApiRequest, ApiResponse, ApiService } from './api-service.ts';
import type { OperationTable } from './operation.ts';
import { parseQueryInput } from './query-input.ts';
import { queryOutput } from './query-output.ts';
import { refusingService } from './refusing-service.ts';
import { writeXml } from './write-xml.ts';

/** The AWS query protocol (smithy.io/2.0/aws/protocols/aws-query-protocol.html). Input leaves are strings. */
export interface AwsQueryServiceOptions {
  readonly signingNames: readonly string[];
  /** e.g. `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly xmlNamespace: string;
  readonly operations: OperationTable;
}

/** An error's status and body in the AWS query protocol. */
export const awsQueryError = (error: AwsError, xmlNamespace = ''): ApiResponse => {
  const requestId = randomUUID();
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  const attributes = xmlNamespace === '' ? {} : { '@_xmlns': xmlNamespace };
  const members = { Type: type, Code: error.code, Message: error.message, ...error.members };
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: writeXml({ ErrorResponse: { ...attributes, Error: queryOutput(members), RequestId: requestId } }),
  };
};

const formOf = (request: ApiRequest): URLSearchParams =>
  request.method === 'POST' ? new URLSearchParams(request.body.toString('utf8')) : request.query;

const succeed = (action: string, output: object | undefined, xmlNamespace: string): ApiResponse => {
  const requestId = randomUUID();
  const answer = { '@_xmlns': xmlNamespace, [`${action}Result`]: queryOutput(output), ResponseMetadata: { RequestId: requestId } };
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: writeXml({ [`${action}Response`]: answer }),
  };
};

/** Makes a service that speaks AWS query out of a table of operations. In outputs a `Map` is a map and `Date` a timestamp. */
export const awsQueryService = (options: AwsQueryServiceOptions): ApiService => {
  const answer = async (request: ApiRequest): Promise<ApiResponse> => {
    const form = formOf(request);
    const action = form.get('Action') ?? '';
    const operation = Object.hasOwn(options.operations, action) ? options.operations[action] : undefined;
    if (operation === undefined) {
      const service = options.signingNames.join('/');
      throw new AwsError('InvalidAction', `The local AWS does not support ${service}:${action}. Its README lists what it does.`);
    }
    return succeed(action, await operation(parseQueryInput(form), request.caller), options.xmlNamespace);
  };
  return refusingService({ ...options, answer, refuse: (error) => awsQueryError(error, options.xmlNamespace) });
};
