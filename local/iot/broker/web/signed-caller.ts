import type { Caller } from '../../../gateway/api-service.ts';
import type { CallerDirectory } from '../../../gateway/caller-directory.ts';
import { credentialScopeOf } from '../../../gateway/credential-scope.ts';
import { isSignedWith } from '../../../gateway/sigv4.ts';
import type { UnsignedRequest } from '../../../gateway/unsigned-request.ts';

/** Who signed a request to the data plane; `unsigned` where nobody tried, `refused` where a signature does not hold. */
export type SignedCaller = (request: UnsignedRequest) => Caller | 'unsigned' | 'refused';

/** Of the device gateway and of the data plane's own operations (DG:mqtt). */
const signingNames = new Set(['iotdevicegateway', 'iotdata']);

const tokenParameter = 'X-Amz-Security-Token';

/** The token of a temporary key is added to a presigned WebSocket address after it was signed (DG:protocols). */
const withoutToken = (request: UnsignedRequest): UnsignedRequest => {
  const query = new URLSearchParams(request.query);
  query.delete(tokenParameter);
  return { ...request, query };
};

/** Checks signatures with the keys that the account gave out. */
export const signedCallerIn =
  (callers: CallerDirectory): SignedCaller =>
  (request) => {
    const scope = credentialScopeOf(request.headers['authorization'], request.query);
    if (scope === undefined) return 'unsigned';
    const token = request.headers['x-amz-security-token'] ?? request.query.get(tokenParameter) ?? undefined;
    const lookup = callers.find(scope.accessKeyId, token);
    if (!lookup.isKnown || !signingNames.has(scope.signingName)) return 'refused';
    const isSigned = [request, withoutToken(request)].some((signed) => isSignedWith(lookup.secretAccessKey, signed, scope));
    return isSigned ? lookup.caller : 'refused';
  };
