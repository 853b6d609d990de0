import { issuanceTermsOf } from '../../../domain/configuration/configuration-authority-rules.ts';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';

const parse = (configuration: object) => parseConfiguration(configuration, ['pki', 'psk']);

const mistakesIn = (configuration: object) => {
  try {
    parse(configuration);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

const agreed = { accountWide: { certificateProvider: 'manage' } };
const arn = 'arn:aws:acm-pca:eu-west-1:444455556666:certificate-authority/11111111-2222-3333-4444-555555555555';
const shortLived = { mode: 'SHORT_LIVED_CERTIFICATE' };

describe('A certificate authority of one’s own', () => {
  test('is none unless somebody asks for it', () => {
    expect(parse({}).certificateAuthority).toBeUndefined();
    expect(issuanceTermsOf(parse({}))).toBeUndefined();
  });

  test.each([
    ['made by the app', {}],
    ['for short-lived certificates', shortLived],
    ['of another account', { arn, signingAlgorithm: 'SHA384WITHECDSA' }],
  ])('may be one %s', (_, certificateAuthority) => {
    expect(mistakesIn({ ...agreed, certificateAuthority })).toEqual([]);
  });

  test('issues by the terms of each line that has certificates, for a year or a week unless it says otherwise', () => {
    const lines = [
      { name: 'sensor', certificate: { validityDays: 3, keyUsage: ['digitalSignature', 'keyAgreement'] } },
      { name: 'lamp' },
      { name: 'meter', approaches: ['psk'] },
    ];
    expect(issuanceTermsOf(parse({ ...agreed, lines, certificateAuthority: {} }))).toEqual({
      lines: [
        { line: 'sensor', validityDays: 3, keyUsage: ['digitalSignature', 'keyAgreement'] },
        { line: 'lamp', validityDays: 365, keyUsage: ['digitalSignature'] },
      ],
      perDeviceDaily: 10,
      perClaimHourly: 500,
    });
    expect(issuanceTermsOf(parse({ ...agreed, lines, certificateAuthority: shortLived }))?.lines[1]).toMatchObject({ validityDays: 7 });
  });

  test.each([
    ['without a word on the account-wide provider', 'accountWide.certificateProvider', { certificateAuthority: {} }],
    ['that nobody asked for', 'accountWide.certificateProvider', agreed],
    [
      'with an algorithm, where it is made',
      'certificateAuthority.signingAlgorithm',
      { ...agreed, certificateAuthority: { signingAlgorithm: 'SHA256WITHRSA' } },
    ],
    ['without an algorithm, where it is there', 'certificateAuthority.signingAlgorithm', { ...agreed, certificateAuthority: { arn } }],
    [
      'with a subject, where it is there',
      'certificateAuthority.organization',
      { ...agreed, certificateAuthority: { arn, signingAlgorithm: 'SHA256WITHRSA', organization: 'Acme' } },
    ],
    [
      'by an ARN that is none',
      'certificateAuthority.arn',
      { ...agreed, certificateAuthority: { arn: 'arn:aws:acm:eu-west-1:444455556666:certificate/1', signingAlgorithm: 'SHA256WITHRSA' } },
    ],
    [
      'for longer than a week, where it is for short-lived ones',
      'lines.0.certificate.validityDays',
      { ...agreed, certificateAuthority: shortLived, lines: [{ name: 'sensor', certificate: { validityDays: 8 } }] },
    ],
    [
      'for longer than half of its own life',
      'lines.0.certificate.validityDays',
      { ...agreed, certificateAuthority: {}, lines: [{ name: 'sensor', certificate: { validityDays: 1826 } }] },
    ],
    [
      'for a line without certificates',
      'lines.0.certificate',
      {
        ...agreed,
        certificateAuthority: {},
        lines: [{ name: 'sensor', approaches: ['psk'], attestation: 'device-secret', certificate: { validityDays: 8 } }],
      },
    ],
    ['by its terms alone', 'lines.0.certificate', { lines: [{ name: 'sensor', certificate: { validityDays: 8 } }] }],
  ])('is refused %s, with what, got, allowed and fix', (_, where, configuration) => {
    const mistakes = mistakesIn(configuration);
    expect(mistakes.map((mistake) => mistake.where)).toContain(where);
    for (const { got, allowed, fix } of mistakes) expect([got, allowed, fix].every((text) => text.length > 3)).toBe(true);
  });
});
