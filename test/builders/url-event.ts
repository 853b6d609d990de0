import type { Context } from 'aws-lambda';

const ACCOUNT = '111122223333';

export interface UrlEventWishes {
  readonly body?: string;
  readonly userArn?: string;
  readonly method?: string;
  readonly path?: string;
  readonly accountId?: string;
}

/** What a function behind a URL with IAM authorization is given (Lambda Developer Guide, "Request payload format"). */
export const aUrlEvent = ({
  body,
  userArn = `arn:aws:iam::${ACCOUNT}:user/ann`,
  method = 'POST',
  path = '/',
  accountId = ACCOUNT,
}: UrlEventWishes = {}) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    accountId,
    authorizer: { iam: { accessKey: 'AKIAEXAMPLE', accountId, callerId: 'AIDAEXAMPLE', userArn, userId: 'AIDAEXAMPLE' } },
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    requestId: 'request-1',
    routeKey: '$default',
    stage: '$default',
  },
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: false,
});

/** Of a Lambda context, what the operations function reads: called by the alias of this scope, or by none. */
export const anOperationsContext = (scope?: string): Context => {
  const name = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:muster-operations`;
  const context: Partial<Context> = {
    invokedFunctionArn: scope === undefined ? name : `${name}:${scope}`,
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => 30_000,
  };
  return context as Context;
};
