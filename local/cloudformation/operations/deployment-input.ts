import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { makePlan } from '../deployment/make-plan.ts';
import { checkCapabilities } from '../deployment/required-capabilities.ts';
import type { DeploymentRequest } from '../stacks/change-set.ts';
import type { Stack } from '../stacks/stack.ts';
import { fetchTemplate } from '../template/fetch-template.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { validationError } from '../template/validation-error.ts';

/** An empty list travels as an empty string in the query protocol. */
const list = <Item extends z.ZodType>(item: Item) => z.union([z.literal('').transform((): z.output<Item>[] => []), z.array(item)]);

/** The members that CreateStack, UpdateStack and CreateChangeSet share. A member that is not known is refused by name: it would do nothing. */
export const deploymentInput = z.strictObject({
  ...{ Action: z.string().optional(), Version: z.string().optional() },
  StackName: z.string().min(1),
  TemplateBody: z.string().optional(),
  TemplateURL: z.string().optional(),
  UsePreviousTemplate: z.stringbool().optional(),
  Parameters: list(
    z.object({ ParameterKey: z.string(), ParameterValue: z.string().optional(), UsePreviousValue: z.stringbool().optional() }),
  ).default([]),
  Capabilities: list(z.string()).optional(),
  Tags: list(z.object({ Key: z.string(), Value: z.string() })).optional(),
  RoleARN: z.string().optional(),
  ClientRequestToken: z.string().optional(),
  NotificationARNs: list(z.string()).default([]),
});
type DeploymentInput = z.output<typeof deploymentInput>;

const templateTextOf = (input: DeploymentInput, stack: Stack, context: CloudFormationContext): string => {
  if (input.UsePreviousTemplate !== true) return fetchTemplate(input, context.readObject, context.services.account);
  if (stack.plan === undefined) throw validationError('Stack has no previous template to use.');
  return stack.templateText;
};

const checkRole = (input: DeploymentInput, context: CloudFormationContext): void => {
  if (input.RoleARN !== undefined && !context.isServiceRole(input.RoleARN)) {
    throw validationError(`Role ${input.RoleARN} is invalid or cannot be assumed`);
  }
};

const checkTags = (tags: readonly { readonly Key: string }[]): void => {
  const reserved = tags.find(({ Key }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw new AwsError('ValidationError', `Tag keys must not start with 'aws:', got ${reserved.Key}`);
};

/** Turns a request's members into what the stack is to become. Everything that can be refused beforehand is refused here. */
export const deploymentRequest = (input: DeploymentInput, stack: Stack, context: CloudFormationContext): DeploymentRequest => {
  if (input.NotificationARNs.length > 0) throw validationError('The local AWS does not support NotificationARNs.');
  checkRole(input, context);
  checkTags(input.Tags ?? []);
  const templateText = templateTextOf(input, stack, context);
  const { services } = context;
  const plan = makePlan({
    facts: { account: services.account, identity: stack, importValue: (name) => services.exports.find(name) },
    template: parseTemplate(templateText),
    given: input.Parameters.map(({ ParameterKey, ParameterValue, UsePreviousValue }) => ({
      name: ParameterKey,
      value: ParameterValue,
      shouldUsePrevious: UsePreviousValue === true,
    })),
    previousParameters: stack.plan?.parameters ?? [],
    readSsm: context.readSsm,
    providers: services.providers,
  });
  const capabilities = input.Capabilities ?? [];
  checkCapabilities(plan, capabilities);
  const tags = input.Tags === undefined ? stack.tags : new Map(input.Tags.map(({ Key, Value }) => [Key, Value]));
  return { plan, templateText, tags, capabilities, roleArn: input.RoleARN ?? stack.roleArn };
};
