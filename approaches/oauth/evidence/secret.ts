import * as z from 'zod/mini';
import { MAX_DEVICE_TOKEN_SECONDS } from './device-token.ts';
import { isSafeAddress } from './safe-address.ts';

const MAX_PEM_LENGTH = 8192;
const HOUR_SECONDS = 3600;
const TEN_MINUTES_SECONDS = 600;

const text = z.string().check(z.minLength(1), z.maxLength(1024));
const pem = z.string().check(z.maxLength(MAX_PEM_LENGTH), z.includes('PRIVATE KEY-----'));

const byIssuer = {
  kind: z.literal('client-credentials'),
  tokenEndpoint: z.string().check(z.maxLength(1024), z.refine(isSafeAddress)),
  clientId: text,
  /** Scopes to ask for, with a space between them; none means what the issuer gives by itself. */
  scope: z.exactOptional(text),
  /** For whom the token is to be (RFC 8707); and as issuers call it that know nothing of that. */
  resource: z.exactOptional(text),
  audience: z.exactOptional(text),
  /** The key that tokens are bound to (RFC 9449), P-256 or RSA in PEM. */
  proofKey: z.exactOptional(pem),
};

const secret = z.union([
  /** `client_secret_basic` (RFC 6749 §2.3.1). */
  z.strictObject({ ...byIssuer, clientSecret: text }),
  /** `private_key_jwt` (RFC 7523 §2.2): the client's key, what the issuer calls it, and what the issuer calls itself. */
  z.strictObject({ ...byIssuer, clientKey: pem, clientKeyId: z.exactOptional(text), assertionAudience: z.exactOptional(text) }),
  z.strictObject({
    kind: z.literal('device-token'),
    key: pem,
    /** The key that this one replaces, while either may be the one that counts. */
    former: z.exactOptional(pem),
    audience: text,
    lifetimeSeconds: z._default(z.int().check(z.minimum(TEN_MINUTES_SECONDS), z.maximum(MAX_DEVICE_TOKEN_SECONDS)), HOUR_SECONDS),
  }),
]);

/** What a device is given to prove itself with: the member `secret` of its credential file. */
export type OAuthSecret = z.infer<typeof secret>;
export type IssuerClient = Exclude<OAuthSecret, { kind: 'device-token' }>;
export type DeviceSigner = Extract<OAuthSecret, { kind: 'device-token' }>;

/** Reads such a secret, or `undefined` where it is none. */
export const readOAuthSecret = (raw: unknown): OAuthSecret | undefined => z.safeParse(secret, raw).data;
