import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { CredentialScope } from './credential-scope.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

// IAM User Guide, "Create a signed AWS API request".

const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Every service but S3 encodes the path that was sent once more. */
const canonicalPath = (path: string, signingName: string): string =>
  signingName === 's3' ? path : path.split('/').map(encodeRfc3986).join('/');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .sort(byText)
    .join('&');

interface Signature {
  readonly signedHeaders: readonly string[];
  readonly value: string;
  readonly timestamp: string;
  readonly payloadHash: string;
}

/** A presigned address leaves its body unsigned, except that of a WebSocket to AWS IoT, which has none (IoT developer guide, "Device communication protocols"). */
const hasUnsignedBody = (signingName: string): boolean => signingName !== 'iotdevicegateway';

const signatureIn = (request: UnsignedRequest, signingName: string): Signature => {
  const authorization = request.headers['authorization'] ?? '';
  const inQuery = request.query.get('X-Amz-Signature');
  const declaredHash = request.headers['x-amz-content-sha256'] ?? '';
  const hashOfBody = (): string => hash('sha256', request.body, 'hex');
  if (inQuery !== null) {
    const signedHeaders = (request.query.get('X-Amz-SignedHeaders') ?? '').split(';');
    const payloadHash = hasUnsignedBody(signingName) ? 'UNSIGNED-PAYLOAD' : hashOfBody();
    return { signedHeaders, value: inQuery, timestamp: request.query.get('X-Amz-Date') ?? '', payloadHash };
  }
  return {
    signedHeaders: (/SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? '').split(';'),
    value: /Signature=([0-9a-f]+)/.exec(authorization)?.[1] ?? '',
    timestamp: request.headers['x-amz-date'] ?? '',
    payloadHash: /^(UNSIGNED|STREAMING)-/.test(declaredHash) ? declaredHash : hashOfBody(),
  };
};

const canonicalRequest = (request: UnsignedRequest, signature: Signature, signingName: string): string => {
  const headers = signature.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const path = canonicalPath(request.path, signingName);
  return [request.method, path, canonicalQuery(request.query), headers, signature.signedHeaders.join(';'), signature.payloadHash].join(
    '\n',
  );
};

// Node takes a key that is an object as it is; one of bytes is made into one for each digest.
const hmac = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest();

// The key is good for a day, a region and a service; deriving it anew would cost four digests for each request.
const signingKeys = new Map<string, KeyObject>();

const MAX_SIGNING_KEYS = 1000;

const signingKeyOf = (secretAccessKey: string, scopeText: string): KeyObject => {
  const cacheKey = `${secretAccessKey} ${scopeText}`;
  const known = signingKeys.get(cacheKey);
  if (known !== undefined) return known;
  const first = createSecretKey(`AWS4${secretAccessKey}`, 'utf8');
  const derived = scopeText.split('/').reduce((key, part) => createSecretKey(hmac(key, part)), first);
  if (signingKeys.size >= MAX_SIGNING_KEYS) signingKeys.clear();
  signingKeys.set(cacheKey, derived);
  return derived;
};

/** A request with the signature that it carries, which is read once: its body is hashed for it. */
interface SignedRequest {
  readonly request: UnsignedRequest;
  readonly signature: Signature;
  readonly scope: CredentialScope;
}

const expectedSignature = (secretAccessKey: string, { request, signature, scope }: SignedRequest): string => {
  const scopeText = [scope.date, scope.region, scope.signingName, 'aws4_request'].join('/');
  const requestHash = hash('sha256', canonicalRequest(request, signature, scope.signingName), 'hex');
  const text = ['AWS4-HMAC-SHA256', signature.timestamp, scopeText, requestHash].join('\n');
  return hmac(signingKeyOf(secretAccessKey, scopeText), text).toString('hex');
};

/** The signature that a request must have, made with that secret: of the headers that its own authorization lists, and of its body unless that was declared unsigned. */
export const signatureOf = (secretAccessKey: string, request: UnsignedRequest, scope: CredentialScope): string =>
  expectedSignature(secretAccessKey, { request, signature: signatureIn(request, scope.signingName), scope });

/** Whether the request was signed with that secret. */
export const isSignedWith = (secretAccessKey: string, request: UnsignedRequest, scope: CredentialScope): boolean => {
  const signature = signatureIn(request, scope.signingName);
  const expected = expectedSignature(secretAccessKey, { request, signature, scope });
  return expected.length === signature.value.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature.value));
};
