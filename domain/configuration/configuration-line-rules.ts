import { isDeviceUnique } from '../attestation.ts';
import { allocationMistakes } from './configuration-allocation.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration, LineConfiguration } from './configuration-schema.ts';

/** What a line asks of its devices must hold together. */
export const admissionMistakes = (
  line: LineConfiguration,
  tenants: Configuration['tenants'],
  where: string,
): readonly ConfigurationMistake[] => [
  ...acceptance(line, `${where}.accept`),
  ...replacement(line, `${where}.reprovision`),
  ...wayBack(line, `${where}.recovery`),
  ...allocationMistakes(line.allocation, tenants, `${where}.allocation`),
];

const acceptance = ({ attestation, accept }: LineConfiguration, where: string): readonly ConfigurationMistake[] => {
  if (attestation === 'serial-only' && accept === undefined) return [{ where, ...unaccepted }];
  if (attestation !== 'serial-only' && accept !== undefined) {
    return [
      {
        where,
        got: `"${accept}" beside attestation "${attestation}"`,
        allowed: 'nothing, because there is nothing to accept',
        fix: 'remove it',
      },
    ];
  }
  return [];
};

const unaccepted = {
  got: 'nothing, though with attestation "serial-only" whoever holds a claim and knows or guesses a serial number comes in as that device',
  allowed: '"serial-only" here too, from somebody who accepts that its devices stay on probation until an operator confirms them',
  fix: 'have the devices prove more (attestation "pinned-key" is the default), or write accept: "serial-only"',
};

const wayBack = ({ approaches, recovery }: LineConfiguration, where: string): readonly ConfigurationMistake[] =>
  recovery === 'none' || approaches.includes('pki')
    ? []
    : [
        {
          where,
          got: `"${recovery}" on a line whose devices have no certificate`,
          allowed: 'none',
          fix: 'remove it, or add the approach "pki"',
        },
      ];

const replacement = ({ attestation, reprovision }: LineConfiguration, where: string): readonly ConfigurationMistake[] =>
  reprovision === 'replace' && !isDeviceUnique(attestation)
    ? [
        {
          where,
          got: `"replace" beside attestation "${attestation}", which more than the one device can meet: they could take its place`,
          allowed: 'never, released; replace where attestation is device-secret, pinned-key or vendor-certificate',
          fix: 'raise attestation, or let an operator decide each time: reprovision "released"',
        },
      ]
    : [];
