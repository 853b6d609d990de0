import * as z from 'zod';

/** How long an access token lives, in seconds: Cognito allows five minutes to a day; a test may want less. */
const tokenSeconds = z.int().min(1).max(86_400);

const name = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'expected small letters, digits, dashes and underscores');

/** Scope tokens of RFC 6749 §3.3. */
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/, 'expected a scope without spaces, quotes and backslashes');

const text = z.string().min(1).max(512);

/** What an issuer signs with; `none` and MACs are for nobody. */
export const signingAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

export const issuerRequest = z.strictObject({
  /** The last part of its URL. */
  name,
  algorithm: z.enum(signingAlgorithms).default('RS256'),
});
export type IssuerRequest = z.input<typeof issuerRequest>;

const publicJwk = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) })
  .refine((key) => !('d' in key), 'expected a public key; this one has a private half');

const clientCommon = {
  /** Without one, it is made up. */
  clientId: text.optional(),
  /** What it may ask for, and gets when it asks for nothing. */
  scopes: z.array(scope).max(64).default([]),
  tokenSeconds: tokenSeconds.default(3600),
};

/** `aud` of the client's tokens (RFC 9068 §2.2): a resource server's name, or several. */
const audience = z.union([text, z.array(text).min(1).max(8)]);

const withSecret = { authentication: z.literal('client_secret_basic').default('client_secret_basic'), clientSecret: text.optional() };

/** A client whose tokens are as RFC 9068 wants them. */
const strictClient = z.strictObject({ ...clientCommon, ...withSecret, profile: z.literal('rfc9068').default('rfc9068'), audience });

/** One that shows by a signature who it is (RFC 7523 §2.2), and whose secret therefore nobody keeps. */
const keyClient = z.strictObject({
  ...clientCommon,
  authentication: z.literal('private_key_jwt'),
  publicKey: publicJwk,
  profile: z.literal('rfc9068').default('rfc9068'),
  audience,
});

/** A client whose tokens are as Amazon Cognito makes them: no `typ`, no `aud`, never bound to a key. */
const cognitoClient = z.strictObject({ ...clientCommon, ...withSecret, profile: z.literal('cognito') });

/** What a client is registered with. */
export const clientRequest = z.union([cognitoClient, keyClient, strictClient]);
export type ClientRequest = z.input<typeof clientRequest>;
export type ClientSettings = z.output<typeof clientRequest>;

export const rotationRequest = z.strictObject({
  /** So many older keys stay in the key set, for tokens that they signed. */
  keep: z.int().min(0).max(8).default(1),
});

/** A token that no grant would give, for tests of those who judge tokens: signed with the issuer's own key. */
export const signRequest = z.strictObject({
  claims: z.record(z.string(), z.unknown()),
  /** Beside `alg` and `kid`; each may be replaced but `alg`. */
  header: z.record(z.string(), z.unknown()).default({}),
});
