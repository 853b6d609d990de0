import { deviceParameters, hookParameters } from '../../../domain/admission/provisioning-contract.ts';
import { isObject } from '../json.ts';
import { type Mistake, ruleFor, type TemplateResource } from '../rule.ts';
import { sectionOf, TEMPLATE_TYPE } from './body.ts';

const contract: readonly string[] = [...deviceParameters, ...hookParameters];

/** The contract between device, hook and template: what each may say. */
export const templateParameters = ruleFor(
  TEMPLATE_TYPE,
  { name: 'template-parameters', why: 'A parameter that the hook does not always set is one that a device can choose.' },
  (template) => [...undeclared(template), ...foreign(template), ...defaulted(template)],
);

const undeclared = (template: TemplateResource): readonly Mistake[] =>
  contract
    .filter((name) => !(name in sectionOf(template, 'Parameters')))
    .map((name) => ({ got: `no parameter "${name}"`, allowed: `all of ${contract.join(', ')}`, fix: 'declare it' }));

const foreign = (template: TemplateResource): readonly Mistake[] =>
  Object.keys(sectionOf(template, 'Parameters'))
    .filter((name) => !contract.includes(name))
    .map((name) => ({
      got: `the parameter "${name}"`,
      allowed: contract.join(', '),
      fix: 'remove it, or add it to the contract and to the hook',
    }));

const defaulted = (template: TemplateResource): readonly Mistake[] =>
  hookParameters
    .filter((name) => hasDefault(sectionOf(template, 'Parameters')[name]))
    .map((name) => ({
      got: `a default for "${name}"`,
      allowed: 'none: the hook sets it, and without the hook nothing is provisioned',
      fix: 'remove the default',
    }));

const hasDefault = (declaration: unknown): boolean => isObject(declaration) && declaration['Default'] !== undefined;
