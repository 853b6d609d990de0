import { approachNames } from '../../approaches/index.ts';
import type { Attestation } from '../../domain/attestation.ts';
import { ConfigurationError, type ConfigurationMistake } from '../../domain/configuration/configuration-error.ts';
import { parseConfiguration } from '../../domain/configuration.ts';

/** What devices can prove that is more than a number which anybody may know; from weak to strong. */
export const strongAttestations = {
  'enrollment-code': 'a code that works once, told to whoever sets the device up',
  'device-secret': 'a secret of its own, by HMAC',
  'pinned-key': 'its private key, whose public half the manufacturer told',
  'vendor-certificate': 'the key of a certificate from its maker (IDevID)',
} as const satisfies Partial<Record<Attestation, string>>;

/** What a newcomer is asked for. */
export interface NewcomerAnswers {
  readonly prefix: string;
  readonly line: string;
  readonly tenant: string;
  readonly attestation: string;
  /** Empty where nobody is to be told of alarms. */
  readonly email: string;
}

export const usualAnswers: NewcomerAnswers = { prefix: 'muster', line: 'sensor', tenant: 'acme', attestation: 'pinned-key', email: '' };

/** The configuration of a newcomer: what was asked for, and beside it, at its default, what they will want to change first. */
export const newConfiguration = ({ prefix, line, tenant, attestation, email }: NewcomerAnswers) => ({
  prefix,
  topicPrefix: prefix,
  lines: [{ name: line, attestation, approval: 'none', reprovision: 'never', sharedTopics: [] }],
  tenants: [{ name: tenant }],
  operators: { factory: [], support: [] },
  alarms: { ...(email === '' ? {} : { email }), claimRefusalsPerFiveMinutes: 20, unknownSerialsPerFiveMinutes: 5 },
  retention: { auditDays: 365, logDays: 30 },
});

/** What is wrong with the configuration that these answers make. */
export const mistakesIn = (answers: NewcomerAnswers): readonly ConfigurationMistake[] => {
  try {
    parseConfiguration(newConfiguration(answers), approachNames);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};
