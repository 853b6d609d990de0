import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { fetchTemplate } from '../template/fetch-template.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';

const schema = z.object({ TemplateBody: z.string().optional(), TemplateURL: z.string().optional(), StackName: z.string().optional() });

const templateOf = (raw: unknown, context: CloudFormationContext): Template => {
  const input = parseInput(schema, raw, 'ValidationError');
  if (input.StackName !== undefined) return parseTemplate(context.stacks.get(input.StackName).templateText);
  return parseTemplate(fetchTemplate(input, context.readObject, context.services.account));
};

const summaryOf = (template: Template): object => ({
  Description: template.Description,
  Parameters: Object.entries(template.Parameters).map(([ParameterKey, parameter]) => ({
    ParameterKey,
    DefaultValue: parameter.Default,
    ParameterType: parameter.Type,
    NoEcho: parameter.NoEcho ?? false,
    Description: parameter.Description,
  })),
});

/** GetTemplateSummary. Reads a template. */
export const getTemplateSummary =
  (context: CloudFormationContext): Operation =>
  (raw) => {
    const template = templateOf(raw, context);
    const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
    return {
      ...summaryOf(template),
      ResourceTypes: types,
      Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
    };
  };

/** ValidateTemplate. Reads a template; its form alone is checked, as on AWS. */
export const validateTemplate =
  (context: CloudFormationContext): Operation =>
  (raw) =>
    summaryOf(templateOf(raw, context));
