import type * as z from 'zod';
import type { Template } from './template.ts';
import { templateSchema } from './template.ts';
import { validationError } from './validation-error.ts';
import { parseTemplateYaml } from './yaml-tags.ts';

const maxResources = 500;
const maxOutputs = 200;
const maxParameters = 200;

const formatError = (message: string): Error => validationError(`Template format error: ${message}`);

const parseText = (text: string): unknown => {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parseTemplateYaml(text);
  } catch (error) {
    throw formatError(
      `${text.trimStart().startsWith('{') ? 'JSON' : 'YAML'} not well-formed. ${error instanceof Error ? error.message : ''}`,
    );
  }
};

const describeIssue = (issue: z.core.$ZodIssue): string => {
  const at = issue.path.map(String).join('/');
  if (issue.code === 'invalid_key') return `[/${at}] ${issue.issues.map(({ message }) => message).join('; ')}`;
  if (issue.code !== 'unrecognized_keys') return `[/${at}] ${issue.message}`;
  const keys = issue.keys.join(', ');
  return issue.path.length === 0
    ? `Invalid template property or properties [${keys}]`
    : `[/${at}] Encountered unsupported attributes: [${keys}]`;
};

const checkConditionNames = (template: Template): void => {
  const named = [...Object.values(template.Resources), ...Object.values(template.Outputs)].flatMap(({ Condition }) => Condition ?? []);
  const unknown = named.find((name) => !Object.hasOwn(template.Conditions, name));
  if (unknown !== undefined) throw formatError(`Unresolved condition dependency ${unknown} in the Resources block of the template`);
};

const checkDependsOn = (template: Template): void => {
  const unknown = Object.values(template.Resources).flatMap(({ DependsOn }) =>
    DependsOn.filter((id) => !Object.hasOwn(template.Resources, id)),
  );
  if (unknown.length > 0)
    throw formatError(`Unresolved resource dependencies [${unknown.join(', ')}] in the Resources block of the template`);
};

const checkCounts = (template: Template): void => {
  const counts = [
    ['resources', Object.keys(template.Resources).length, maxResources],
    ['outputs', Object.keys(template.Outputs).length, maxOutputs],
    ['parameters', Object.keys(template.Parameters).length, maxParameters],
  ] as const;
  for (const [what, count, limit] of counts) {
    if (count > limit) throw formatError(`Number of ${what}, ${count}, is greater than maximum allowed, ${limit}`);
  }
  if (counts[0][1] === 0) throw formatError('At least one Resources member must be defined.');
};

/** Parses a template from JSON or YAML text and checks its form. Refuses with `ValidationError`. */
export const parseTemplate = (text: string): Template => {
  const raw = parseText(text);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw formatError('unsupported structure.');
  if ('Transform' in raw) throw formatError('The local AWS does not support transforms (Transform).');
  if (!('Resources' in raw)) throw formatError('At least one Resources member must be defined.');
  const result = templateSchema.safeParse(raw);
  if (!result.success) throw formatError(result.error.issues.map(describeIssue).join('; '));
  checkCounts(result.data);
  checkConditionNames(result.data);
  checkDependsOn(result.data);
  return result.data;
};
