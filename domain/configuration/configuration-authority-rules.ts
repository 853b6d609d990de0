import type { CertificateTerms, IssuanceTerms } from '../issuance/certificate-terms.ts';
import { signingAlgorithms } from '../issuance/signing-algorithm.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

const MAX_SHORT_LIVED_DAYS = 7; // AWS Private CA
const DEFAULT_DAYS = 365;

const issued = ({ lines }: Configuration) => lines.filter(({ approaches }) => approaches.includes('pki'));

/** What the own authority may be made to issue; none where there is none. */
export const issuanceTermsOf = (configuration: Configuration): IssuanceTerms | undefined => {
  const { certificateAuthority: authority } = configuration;
  if (authority === undefined) return undefined;
  const usual = authority.mode === 'SHORT_LIVED_CERTIFICATE' ? MAX_SHORT_LIVED_DAYS : DEFAULT_DAYS;
  const lines = issued(configuration).map(
    ({ name, certificate }): CertificateTerms => ({
      ...{ line: name, validityDays: certificate?.validityDays ?? usual },
      keyUsage: certificate?.keyUsage ?? ['digitalSignature'],
    }),
  );
  return { lines, perDeviceDaily: authority.certificatesPerDevicePerDay, perClaimHourly: authority.certificatesPerClaimPerHour };
};

/** An authority that nobody agreed to, and settings of one that is not there, or is another. */
export const authorityMistakes = (configuration: Configuration): readonly ConfigurationMistake[] => [
  ...agreement(configuration),
  ...origin(configuration),
  ...configuration.lines.flatMap((line, index) => certificateOf(configuration, line, `lines.${index}.certificate`)),
];

const agreement = ({ certificateAuthority: authority, accountWide: agreed }: Configuration): readonly ConfigurationMistake[] => {
  const where = 'accountWide.certificateProvider';
  if (authority !== undefined && agreed.certificateProvider === undefined) {
    return [
      {
        where,
        got: 'nothing, though certificateAuthority has a certificate provider made, which signs every signing request of the account and region, whoever sends it',
        allowed: '"manage" here too, from somebody who knows who else comes in by AWS IoT here ("muster doctor" lists them)',
        fix: 'write accountWide: { certificateProvider: "manage" }, or remove certificateAuthority',
      },
    ];
  }
  if (authority !== undefined || agreed.certificateProvider === undefined) return [];
  return [
    { where, got: '"manage" without certificateAuthority', allowed: 'nothing, because there is nothing to manage', fix: 'remove it' },
  ];
};

const origin = ({ certificateAuthority: authority }: Configuration): readonly ConfigurationMistake[] => {
  const where = 'certificateAuthority';
  if (authority?.arn === undefined) {
    return authority?.signingAlgorithm === undefined
      ? []
      : [
          {
            where: `${where}.signingAlgorithm`,
            got: `"${authority.signingAlgorithm}" without an arn`,
            allowed: 'nothing: the authority that is made has a key on P-256',
            fix: 'remove it',
          },
        ];
  }
  return [
    ...(authority.signingAlgorithm === undefined
      ? [
          {
            where: `${where}.signingAlgorithm`,
            got: 'nothing beside an arn',
            allowed: signingAlgorithms.join(', '),
            fix: "name one of the family of that authority's key",
          },
        ]
      : []),
    ...(authority.organization === undefined
      ? []
      : [
          {
            where: `${where}.organization`,
            got: `"${authority.organization}" beside an arn`,
            allowed: 'nothing: that authority has its subject',
            fix: 'remove it',
          },
        ]),
  ];
};

const certificateOf = (
  { certificateAuthority: authority }: Configuration,
  { approaches, certificate }: Configuration['lines'][number],
  where: string,
): readonly ConfigurationMistake[] => {
  if (certificate === undefined) return [];
  const allowed = 'nothing: AWS IoT issues certificates until 2049';
  if (authority === undefined) {
    const fix = 'remove it, or set certificateAuthority, which has its price';
    return [{ where, got: 'terms of certificates without certificateAuthority', allowed, fix }];
  }
  if (!approaches.includes('pki')) {
    const got = 'terms of certificates on a line whose devices have none';
    return [{ where, got, allowed: 'nothing', fix: 'remove it, or add "pki" to the approaches of the line' }];
  }
  const { validityDays = 1 } = certificate;
  if (authority.mode !== 'SHORT_LIVED_CERTIFICATE' || validityDays <= MAX_SHORT_LIVED_DAYS) return [];
  return [
    {
      where: `${where}.validityDays`,
      got: `${validityDays} beside certificateAuthority.mode "SHORT_LIVED_CERTIFICATE"`,
      allowed: `at most ${MAX_SHORT_LIVED_DAYS} (AWS Private CA)`,
      fix: 'shorten it, or choose the mode "GENERAL_PURPOSE", which costs more a month',
    },
  ];
};
