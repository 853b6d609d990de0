import * as z from 'zod/mini';
import { boundaryParts } from '../../../domain/connection/connection-verdict.ts';
import { lineName } from '../../../domain/identifiers.ts';
import { deviceAlgorithms, signatureAlgorithms } from './algorithm.ts';

/**
 * Where an issuer does not keep to RFC 9068:
 * - `typ`: its tokens say `JWT`, or nothing, of what they are
 * - `client-id-as-audience`: its tokens have no audience; their `client_id` stands in for it, as Amazon Cognito's does
 */
export const relaxations = ['typ', 'client-id-as-audience'] as const;

const parts = z.array(z.enum(boundaryParts));

const issuer = z.object({
  issuer: z.string(),
  /** Where its keys are, or where it says where they are. */
  keys: z.union([z.object({ jwksUri: z.string() }), z.object({ metadataUri: z.string() })]),
  audiences: z.array(z.string()),
  algorithms: z.array(z.enum(signatureAlgorithms)),
  relaxations: z.array(z.enum(relaxations)),
  /** How far its clock may be ahead of ours. */
  clockSkewSeconds: z.number(),
  /** The claim whose value an enrollment has as its subject. */
  deviceClaim: z.string(),
  /** The claim that lists scopes. */
  scopeClaim: z.string(),
  /** What each scope opens. */
  scopes: z.record(z.string(), parts),
});

const deviceTokens = z.object({ audiences: z.array(z.string()), algorithms: z.array(z.enum(deviceAlgorithms)), parts });

const line = z.object({
  name: lineName,
  /** Whose tokens its devices may show. */
  issuers: z.array(z.string()),
  /** Whether a token must be bound to a key. */
  senderConstrained: z.boolean(),
  /** How far the time of a proof may be from ours, either way. */
  proofWindowSeconds: z.number(),
  deviceTokens: z.optional(deviceTokens),
});

const keySets = z.object({ freshSeconds: z.number(), staleSeconds: z.number(), cooldownSeconds: z.number() });

const settings = z.object({ issuers: z.array(issuer), lines: z.array(line), keySets });

/** What the authorizer goes by; `settings.ts` makes it of the configuration. */
export type OAuthSettings = z.infer<typeof settings>;
export type IssuerSettings = z.infer<typeof issuer>;
export type OAuthLineSettings = z.infer<typeof line>;
export type DeviceTokenSettings = z.infer<typeof deviceTokens>;

/** Reads settings from JSON text. @throws when it is none: nothing may be decided without them. */
export const parseOAuthSettings = (json: string | undefined): OAuthSettings => z.parse(settings, JSON.parse(json ?? ''));
