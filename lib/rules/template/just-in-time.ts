import { type Finding, type Mistake, type Rule, ruleFor, type TemplateResource } from '../rule.ts';
import { isJustInTime, TEMPLATE_TYPE } from './body.ts';

const about = {
  name: 'provisioned-unasked',
  why: 'Just-in-time provisioning calls no hook: whoever has a certificate of the CA comes in, with no enrollment, no quota and no record of why.',
};

const allowed = 'just-in-time registration, whose event goes to the same rules as a claim';
const fix = 'use that, or acknowledge this finding where the line says why its CA alone may decide';

const template = ruleFor(TEMPLATE_TYPE, about, (resource) =>
  isJustInTime(resource) ? [{ got: 'a template of type JITP', allowed, fix }] : [],
);

const authority = ruleFor('AWS::IoT::CACertificate', about, ({ properties }): readonly Mistake[] =>
  properties['RegistrationConfig'] === undefined ? [] : [{ got: 'a CA certificate with a RegistrationConfig', allowed, fix }],
);

/** DG:jit-provisioning. */
export const justInTimeProvisioning: Rule = {
  ...about,
  check: (resources: readonly TemplateResource[]): readonly Finding[] => [template, authority].flatMap(({ check }) => check(resources)),
};
