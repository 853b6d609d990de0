import * as z from 'zod/mini';
import { boundaryParts } from '../../../domain/connection/connection-verdict.ts';
import { domainSetting } from '../../../domain/domain-configuration.ts';
import { deviceAlgorithms, signatureAlgorithms } from '../evidence/algorithm.ts';
import { isSafeAddress } from '../evidence/safe-address.ts';
import { relaxations } from '../evidence/settings.ts';

const MAX_SKEW_SECONDS = 60;
const HOUR = 3600;

const name = z.string().check(z.minLength(1), z.maxLength(512));
const address = z.string().check(z.maxLength(512), z.refine(isSafeAddress, 'expected an address of https, or of http on this machine'));
const listOf = <Value extends z.ZodMiniType>(value: Value) => z.array(value).check(z.minLength(1), z.maxLength(16));
const oneOrMore = z.pipe(
  z.union([name, listOf(name)]),
  z.transform((given) => [given].flat()),
);
const parts = listOf(z.enum(boundaryParts));

// The scopes that an issuer can be asked for where nothing else is said.
const SCOPES = { 'muster:own': ['own'], 'muster:line': ['own', 'line'], 'muster:tenant': ['own', 'tenant'] } as const;

const issuer = z.strictObject({
  issuer: address,
  jwksUri: z.optional(address),
  metadataUri: z.optional(address),
  audience: oneOrMore,
  algorithms: z._default(listOf(z.enum(signatureAlgorithms)), ['ES256', 'RS256']),
  relaxations: z._default(z.array(z.enum(relaxations)), []),
  clockSkewSeconds: z._default(z.int().check(z.minimum(0), z.maximum(MAX_SKEW_SECONDS)), MAX_SKEW_SECONDS),
  deviceClaim: z._default(name, 'sub'),
  scopeClaim: z._default(name, 'scope'),
  scopes: z._default(z.record(name, parts), () => z.parse(z.record(name, parts), SCOPES)),
});

const deviceTokens = z.strictObject({
  audience: oneOrMore,
  algorithms: z._default(listOf(z.enum(deviceAlgorithms)), [...deviceAlgorithms]),
  parts: z._default(parts, [...boundaryParts]),
});

/** What is said of one line; `{}` is a whole one. */
export const givenLine = z.strictObject({
  issuers: z.optional(listOf(name)),
  senderConstrained: z._default(z.boolean(), false),
  proofWindowSeconds: z._default(z.int().check(z.minimum(10), z.maximum(300)), 60),
  deviceTokens: z.optional(deviceTokens),
});

const seconds = (least: number, most: number, usual: number) => z._default(z.int().check(z.minimum(least), z.maximum(most)), usual);

const keySets = z.strictObject({
  freshSeconds: seconds(60, 24 * HOUR, 600),
  staleSeconds: seconds(HOUR, 7 * 24 * HOUR, 24 * HOUR),
  cooldownSeconds: seconds(10, 600, 30),
});

/** The shape of the settings and their defaults. */
export const givenSettings = z.strictObject({
  issuers: z._default(z.array(issuer).check(z.maxLength(16)), []),
  lines: z._default(z.record(z.string(), givenLine), {}),
  keySets: z._default(keySets, () => z.parse(keySets, {})),
  /** A host name of its own, for devices that can set no user name. */
  domain: z.optional(domainSetting),
  /** Connections judged at once; `shared` takes what the account has left. */
  reservedConcurrency: z._default(z.union([z.literal('shared'), z.int().check(z.minimum(1), z.maximum(1000))]), 20),
});

export type GivenSettings = z.infer<typeof givenSettings>;
export type GivenLine = z.infer<typeof givenLine>;
export type GivenIssuer = GivenSettings['issuers'][number];
