import { AwsError } from '../aws-error.ts';
import type { UnsignedRoute } from '../gateway/account-entrance.ts';
import type { ApiResponse } from '../gateway/api-service.ts';
import { asAwsError } from '../gateway/fault.ts';
import { compilePath, matchPath } from '../gateway/rest-binding.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import type { ControlRoute } from './control-route.ts';

/** Where the control endpoint lies on the gateway: no AWS API has such a path, and no bucket such a name. */
export const controlPrefix = '/_local/';

const json = (status: number, body: unknown): ApiResponse =>
  body === undefined
    ? { status }
    : { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body, undefined, 2)}\n` };

const refusal = (error: AwsError): ApiResponse => json(error.status, { error: error.code, message: error.message, ...error.members });

/**
 * The endpoint asks for no credentials, so that a web page that the user happens to visit must not reach it: browsers say
 * where a request comes from, and a name that was bound to 127.0.0.1 stands in `Host`.
 */
const refuseBrowsers = ({ headers }: UnsignedRequest): void => {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '');
  if (headers['origin'] === undefined && headers['sec-fetch-site'] === undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(host))
    return;
  throw new AwsError('Forbidden', 'The control endpoint answers programs on this machine only, not web pages.', { status: 403 });
};

const parseBody = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('ValidationException', 'The body is no JSON. Expected one JSON object.');
  }
};

/** Answers what is asked under the prefix, in JSON; refuses what it does not know with a list of what it does. */
export const createControlEndpoint = (routes: readonly ControlRoute[]): UnsignedRoute => {
  const compiled = routes.map((route) => ({ route, path: compilePath(route.path) }));
  const known = routes.map(({ method, path, says }) => `${method} ${controlPrefix.slice(0, -1)}${path}: ${says}`);

  const answer = async (request: UnsignedRequest): Promise<ApiResponse> => {
    refuseBrowsers(request);
    const sent = request.path.slice(controlPrefix.length - 1);
    const found = compiled.flatMap(({ route, path }) => {
      const labels = route.method === request.method ? matchPath(path, sent) : undefined;
      return labels === undefined ? [] : [{ route, labels }];
    })[0];
    if (found === undefined) {
      throw new AwsError('NotFound', `The control endpoint has no ${request.method} ${request.path}.`, { status: 404, members: { known } });
    }
    const query = Object.fromEntries(request.query);
    const { status, body, text } = await found.route.handle({ labels: found.labels, query, body: parseBody(request.body), raw: request });
    if (text !== undefined) return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
    return json(status, body);
  };

  return async (request) => {
    try {
      return await answer(request);
    } catch (thrown) {
      return refusal(asAwsError(thrown));
    }
  };
};
