import { pskRequirementFrom, PSK_REQUIREMENT } from '../../../approaches/psk/evidence/requirement.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { nextCredentialIn } from '../../../lambdas/rotation-planner/next-credential.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';

const hasNext = nextCredentialIn(
  parseConfiguration(
    {
      lines: [{ name: 'sensor' }, { name: 'valve', approaches: ['psk'] }, { name: 'beacon', approaches: ['oauth'] }],
      approaches: {
        psk: { lines: { valve: { keyVersions: [1, 2] } } },
        oauth: { issuers: [{ issuer: 'https://issuer.example', audience: 'fleet' }], lines: { beacon: {} } },
      },
    },
    ['pki', 'psk', 'oauth'],
  ),
);

const shown = (keyVersion: number) => ({ lastProof: { mark: '1', connectionId: 'c', keyVersion } });
const aValve = (more: Partial<Enrollment>) =>
  anEnrollment({ line: aLine('valve'), approach: 'psk', requirement: PSK_REQUIREMENT, ...more });
const aBeacon = (requirement: Enrollment['requirement']) => anEnrollment({ line: aLine('beacon'), approach: 'oauth', requirement });

describe('There is another credential', () => {
  test.each<[string, Enrollment, boolean]>([
    ['for a device with a certificate', anEnrollment(), true],
    ['for one whose key is of an older version', aValve(shown(1)), true],
    ['for one whose key is of the newest version, none', aValve(shown(2)), false],
    ['for one that must show the newest version, none', aValve({ ...shown(2), requirement: pskRequirementFrom(2) }), false],
    ['for one that kept the newest key though its rotation came to nothing', aValve({ ...shown(2), failedRotations: 1 }), true],
    ['for one that must show it since, none', aValve({ ...shown(2), failedRotations: 1, requirement: pskRequirementFrom(2) }), false],
    ['for one that was given away and has shown no key since', aValve({ ...shown(2), firstKeyVersion: 10_001 }), true],
    ['for one that has shown its new owner’s newest, none', aValve({ ...shown(10_002), firstKeyVersion: 10_001 }), false],
    ['for one that has shown its new owner’s first', aValve({ ...shown(10_001), firstKeyVersion: 10_001 }), true],
    ['for one of a line without keys, none', aValve({ ...shown(1), line: aLine('another') }), false],
    ['for one that signs its own tokens', aBeacon({ publicKey: 'AAAA' }), true],
    ['for one that shows tokens of an issuer, none', aBeacon({ issuer: 'https://issuer.example', subject: 'device-1' }), false],
    ['for one on probation, none', anEnrollment({ onProbation: true }), false],
    ['for one of an approach that renews nothing, none', anEnrollment({ approach: 'rune' }), false],
  ])('%s', (_, enrollment, expected) => {
    expect(hasNext(enrollment)).toBe(expected);
  });
});
