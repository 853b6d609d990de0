import * as z from 'zod/mini';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import { linesByAuthorizer } from '../../domain/configuration/configuration-lines-by-authorizer.ts';
import { parsePart } from '../../domain/configuration/configuration-part.ts';
import type { DomainSetting } from '../../domain/domain-configuration.ts';
import type { DeviceTokenSettings, IssuerSettings, OAuthLineSettings, OAuthSettings } from './evidence/settings.ts';
import { type GivenIssuer, givenLine, type GivenLine, givenSettings, type GivenSettings } from './settings/given-settings.ts';
import { mistakesAcross, WHERE } from './settings/mistakes-across.ts';

/** What the approach is deployed with. */
export interface OAuthDeployment {
  readonly settings: OAuthSettings;
  readonly domain: DomainSetting | undefined;
  readonly reservedConcurrency: number | 'shared';
}

/**
 * Reads the settings of a configuration and fills in their defaults.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const oauthSettingsOf = (configuration: Pick<Configuration, 'lines' | 'approaches'>): OAuthDeployment => {
  const given = parsePart(givenSettings, configuration.approaches['oauth'] ?? {}, WHERE);
  const users = linesByAuthorizer(configuration, 'oauth');
  const mistakes = mistakesAcross(given, users);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  const settings = {
    issuers: given.issuers.map(issuerOf),
    lines: users.map(({ name }) => lineOf(name, given)),
    keySets: given.keySets,
  };
  return { settings, domain: given.domain, reservedConcurrency: given.reservedConcurrency };
};

const issuerOf = ({ jwksUri, metadataUri, audience, ...given }: GivenIssuer): IssuerSettings => ({
  ...given,
  audiences: audience,
  keys: jwksUri === undefined ? { metadataUri: metadataUri ?? discoveryOf(given.issuer) } : { jwksUri },
});

// OpenID Connect Discovery 1.0 §4: nearly every issuer serves it, those too that know nothing of RFC 8414.
const discoveryOf = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

const lineOf = (name: OAuthLineSettings['name'], { lines, issuers }: GivenSettings): OAuthLineSettings => {
  const { issuers: named, deviceTokens: tokens, ...given } = lines[name] ?? z.parse(givenLine, {});
  return {
    ...given,
    name,
    // A line that takes tokens of its devices alone trusts no issuer.
    issuers: named ?? (tokens === undefined ? issuers.map((one) => one.issuer) : []),
    ...(tokens === undefined ? {} : { deviceTokens: deviceTokensOf(tokens) }),
  };
};

const deviceTokensOf = ({ audience, ...given }: NonNullable<GivenLine['deviceTokens']>): DeviceTokenSettings => ({
  ...given,
  audiences: audience,
});
