import type { Account } from '../../account.ts';
import type { Caller } from '../../gateway/api-service.ts';
import type { UnsignedRequest } from '../../gateway/unsigned-request.ts';

/** What a function is told of an HTTP request besides the request itself. */
export interface HttpEventContext {
  readonly account: Account;
  /** Of the HTTP API, or of the function URL. */
  readonly apiId: string;
  readonly domainName: string;
  /** e.g. `GET /pets/{id}`, or `$default`. */
  readonly routeKey: string;
  readonly stage: string;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  /** What stands in `requestContext.accountId`. */
  readonly accountId: string;
  /** `requestContext.authorizer`, e.g. `{ iam: … }` or `{ jwt: … }`. */
  readonly authorizer?: object | undefined;
  readonly requestId: string;
  readonly nowMs: number;
  /** The path as the caller of the API sees it, stage included. */
  readonly rawPath: string;
}

const textTypes = /^(?:text\/.*|application\/(?:json|javascript|xml|.+\+json|.+\+xml))$/;

/** A body without a type is taken for text: no document says what AWS does. */
const isText = (contentType: string | undefined): boolean =>
  contentType === undefined || textTypes.test((contentType.split(';')[0] ?? '').trim().toLowerCase());

const bodyMembers = ({ body, headers }: UnsignedRequest): object => {
  if (body.length === 0) return { isBase64Encoded: false };
  if (isText(headers['content-type'])) return { body: body.toString('utf8'), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `12/Mar/2020:19:03:58 +0000` */
const commonLogTime = (ms: number): string => {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${two(date.getUTCDate())}/${months[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${time} +0000`;
};

const queryMembers = (query: URLSearchParams): object => {
  const names = [...new Set(query.keys())];
  const joined = names.map((name): [string, string] => [name, query.getAll(name).join(',')]);
  return names.length === 0 ? {} : { queryStringParameters: Object.fromEntries(joined) };
};

const headerMembers = (headers: UnsignedRequest['headers']): object => {
  const { cookie, ...others } = headers;
  return cookie === undefined ? { headers: others } : { headers: others, cookies: cookie.split(/; */) };
};

const requestContext = (request: UnsignedRequest, context: HttpEventContext): object => ({
  accountId: context.accountId,
  apiId: context.apiId,
  ...(context.authorizer === undefined ? {} : { authorizer: context.authorizer }),
  domainName: context.domainName,
  domainPrefix: context.domainName.split('.')[0],
  http: {
    method: request.method,
    path: context.rawPath,
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    userAgent: request.headers['user-agent'] ?? '',
  },
  requestId: context.requestId,
  routeKey: context.routeKey,
  stage: context.stage,
  time: commonLogTime(context.nowMs),
  timeEpoch: context.nowMs,
});

/** Payload format 2.0 (API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"). */
export const httpEvent = (request: UnsignedRequest, context: HttpEventContext): object => ({
  version: '2.0',
  routeKey: context.routeKey,
  rawPath: context.rawPath,
  rawQueryString: request.query.toString(),
  ...headerMembers(request.headers),
  ...queryMembers(request.query),
  requestContext: requestContext(request, context),
  ...(context.pathParameters === undefined || Object.keys(context.pathParameters).length === 0
    ? {}
    : { pathParameters: context.pathParameters }),
  ...(context.stageVariables === undefined ? {} : { stageVariables: context.stageVariables }),
  ...bodyMembers(request),
});

/** `requestContext.authorizer.iam` of a signed request (Lambda Developer Guide, "Invoking Lambda function URLs"); the account is in no organization. */
export const iamAuthorizer = (caller: Caller, userId: string): object => ({
  iam: {
    accessKey: caller.accessKeyId,
    accountId: caller.accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.arn,
    userId,
  },
});
