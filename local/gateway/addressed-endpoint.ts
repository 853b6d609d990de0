import type { AwsError } from '../aws-error.ts';
import type { ApiResponse, Caller } from './api-service.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/** Who signed a request, for an endpoint that judges for itself whom it lets in. */
export type Signer =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'caller'; readonly caller: Caller; readonly signingName: string }
  | { readonly kind: 'refused'; readonly refusal: AwsError };

export type AddressedRequest = UnsignedRequest & { readonly signer: Signer };

export type AddressedRoute = (request: AddressedRequest) => Promise<ApiResponse> | ApiResponse;

/** Something that customers made and that answers at an address of its own, such as a function URL; undefined for other addresses. */
export type AddressedEndpoint = (request: UnsignedRequest) => AddressedRoute | undefined;

export interface Address {
  readonly kind: 'execute-api' | 'lambda-url';
  readonly id: string;
  /** The path below the address, with its slash. */
  readonly path: string;
  /** The name that the caller used. */
  readonly host: string;
}

const hostPattern = /^([a-z0-9]+)\.(execute-api|lambda-url)\./;
const pathPattern = /^\/_aws\/(execute-api|lambda-url)\/([a-z0-9]+)(\/.*)?$/;

const isKind = (text: string): text is Address['kind'] => text === 'execute-api' || text === 'lambda-url';

/**
 * The address that a request is for: by host as on AWS (`<id>.execute-api.<region>.amazonaws.com`, `<id>.lambda-url.<region>.on.aws`),
 * or by a path that needs no name server (`/_aws/<kind>/<id>/…`).
 */
export const addressOf = ({ headers, path }: UnsignedRequest): Address | undefined => {
  const host = headers['host'] ?? '';
  const byHost = hostPattern.exec(host);
  const [id = '', kind = '', below = path] = byHost === null ? pickPath(pathPattern.exec(path)) : [byHost[1], byHost[2]];
  return isKind(kind) ? { kind, id, path: below, host } : undefined;
};

const pickPath = (match: RegExpExecArray | null): readonly (string | undefined)[] =>
  match === null ? [] : [match[2], match[1], match[3] ?? '/'];

/** Where an address is found without a name server, e.g. `http://127.0.0.1:4566/_aws/lambda-url/abc`. */
export const addressUrl = (endpoint: string, { kind, id }: Pick<Address, 'kind' | 'id'>): string => `${endpoint}/_aws/${kind}/${id}`;
