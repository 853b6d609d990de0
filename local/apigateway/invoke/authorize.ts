import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { AddressedRequest } from '../../gateway/addressed-endpoint.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import type { JsonObject } from '../../json-object.ts';
import { iamAuthorizer } from '../../lambda/http/http-event.ts';
import type { Authorizer, Route, Routing } from '../http-api.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import type { JwtVerdict } from './verify-jwt.ts';
import { verifyJwt } from './verify-jwt.ts';

export type Authorization =
  | { readonly isAllowed: true; readonly authorizer: object | undefined }
  | { readonly isAllowed: false; readonly status: 401 | 403; readonly headers?: Readonly<Record<string, string>> };

export interface RouteGuard {
  readonly account: Account;
  readonly clock: Clock;
  readonly access: AccessControl | undefined;
  readonly issuers: IssuerKeys;
}

const forbidden: Authorization = { isAllowed: false, status: 403 };

/** IAM User Guide: `execute-api:Invoke` on `<api>/<stage>/<method>/<path>`, signed for `execute-api`. */
const byIam = ({ account, access }: RouteGuard, { signer }: AddressedRequest, resource: string): Authorization => {
  if (signer.kind !== 'caller' || signer.signingName !== 'execute-api') return forbidden;
  try {
    const scene = { account, denial: { code: 'AccessDeniedException', status: 403 } };
    access?.check(signer.caller, [{ action: 'execute-api:Invoke', resource }], scene);
    return { isAllowed: true, authorizer: iamAuthorizer(signer.caller, access?.userIdOf(signer.caller) ?? signer.caller.accountId) };
  } catch (thrown) {
    if (thrown instanceof AwsError) return forbidden;
    throw thrown;
  }
};

const tokenIn = ({ headers, query }: AddressedRequest, [source = '']: readonly string[]): string | undefined => {
  const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  return place === 'header' ? headers[name.toLowerCase()] : (query.get(name) ?? undefined);
};

/** Claims reach functions as texts; lists are written in brackets. */
const claimTexts = (claims: JsonObject): object =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const answerTo = (verdict: JwtVerdict, { authorizationScopes }: Route): Authorization => {
  if (verdict.outcome === 'valid') {
    const scopes = authorizationScopes.length === 0 ? null : verdict.scopes;
    return { isAllowed: true, authorizer: { jwt: { claims: claimTexts(verdict.claims), scopes } } };
  }
  if (verdict.outcome === 'unauthorized') return { isAllowed: false, status: 401, headers: { 'www-authenticate': 'Bearer' } };
  const challenge = `Bearer scope="${authorizationScopes.join(' ')}" error="insufficient_scope"`;
  return { isAllowed: false, status: 403, headers: { 'www-authenticate': challenge } };
};

/** Whether a request may take a route, and what the function is told of who asks. */
export const authorizeRoute = async (
  guard: RouteGuard,
  request: AddressedRequest,
  { route, routing, resource }: { readonly route: Route; readonly routing: Routing; readonly resource: string },
): Promise<Authorization> => {
  if (route.authorizationType === 'NONE') return { isAllowed: true, authorizer: undefined };
  if (route.authorizationType === 'AWS_IAM') return byIam(guard, request, resource);
  const authorizer: Authorizer | undefined = routing.authorizers.get(route.authorizerId ?? '');
  if (authorizer === undefined) return forbidden;
  const question = { token: tokenIn(request, authorizer.identitySource), authorizer, route, nowMs: guard.clock.now() };
  return answerTo(await verifyJwt(question, guard.issuers), route);
};
