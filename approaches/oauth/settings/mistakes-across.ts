import type { ConfigurationMistake } from '../../../domain/configuration/configuration-error.ts';
import { mistakesOfLines } from '../../../domain/configuration/configuration-lines-by-authorizer.ts';
import type { LineConfiguration } from '../../../domain/configuration/configuration-schema.ts';
import type { GivenIssuer, GivenLine, GivenSettings } from './given-settings.ts';

/** Where the settings stand in a configuration. */
export const WHERE = 'approaches.oauth';

/** What no single setting shows: issuers that nobody described, lines that trust nobody, settings that contradict each other. */
export const mistakesAcross = (given: GivenSettings, users: readonly LineConfiguration[]): readonly ConfigurationMistake[] => [
  ...given.issuers.flatMap((issuer, index) => issuerMistakes(issuer, index, given)),
  ...mistakesOfLines('oauth', users, Object.keys(given.lines)),
  ...Object.entries(given.lines).flatMap(([name, line]) => lineMistakes(name, line, given)),
  ...users.flatMap((user) => untrusting(user, given)),
];

const issuerMistakes = (issuer: GivenIssuer, index: number, { issuers }: GivenSettings): readonly ConfigurationMistake[] => {
  const where = `${WHERE}.issuers.${index}`;
  const first = issuers.findIndex((other) => other.issuer === issuer.issuer);
  return [
    ...(first === index
      ? []
      : [{ where: `${where}.issuer`, got: `"${issuer.issuer}" again`, allowed: 'each issuer once', fix: 'remove one of the two' }]),
    ...(issuer.jwksUri === undefined || issuer.metadataUri === undefined
      ? []
      : [
          {
            where,
            got: 'jwksUri and metadataUri',
            allowed: 'one of them, or neither, which means the discovery document of OpenID Connect',
            fix: 'keep jwksUri where the keys never move, else metadataUri',
          },
        ]),
  ];
};

const lineMistakes = (name: string, line: GivenLine, given: GivenSettings): readonly ConfigurationMistake[] => {
  const known = given.issuers.map(({ issuer }) => issuer);
  const strange = (line.issuers ?? []).filter((issuer) => !known.includes(issuer));
  return [
    ...strange.map((issuer) => ({
      where: `${WHERE}.lines.${name}.issuers`,
      got: JSON.stringify(issuer),
      allowed: known.length === 0 ? 'none, since no issuer is described' : known.join(', '),
      fix: `describe it in ${WHERE}.issuers, or look for a spelling mistake`,
    })),
    ...(line.senderConstrained && line.deviceTokens !== undefined ? [unconstrained(name)] : []),
  ];
};

const unconstrained = (name: string): ConfigurationMistake => ({
  where: `${WHERE}.lines.${name}.senderConstrained`,
  got: 'true beside deviceTokens',
  allowed: 'false there: whoever has a token that a device signed is the device for as long as it lives',
  fix: 'remove one of the two, or put devices that sign their own tokens on a line of their own',
});

const untrusting = ({ name }: LineConfiguration, { lines, issuers }: GivenSettings): readonly ConfigurationMistake[] =>
  lines[name]?.deviceTokens !== undefined || issuers.length > 0
    ? []
    : [
        {
          where: `${WHERE}.lines.${name}`,
          got: 'nothing that says whose tokens its devices show',
          allowed: `an issuer in ${WHERE}.issuers, or deviceTokens with an audience`,
          fix: 'describe the issuer that the platform has, or let devices sign their own',
        },
      ];
