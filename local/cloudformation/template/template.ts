import * as z from 'zod';

const properties = z.record(z.string(), z.unknown());
const logicalId = z.string().regex(/^[A-Za-z0-9]{1,255}$/, 'logical ids are alphanumeric');
const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
/** `Snapshot` is left out on purpose: no resource type here has snapshots, and AWS refuses it for these. */
const policy = z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']);

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const parameter = z.strictObject({
  Type: z.string(),
  Default: scalar.optional(),
  Description: z.string().optional(),
  NoEcho: z.union([z.boolean(), z.stringbool()]).optional(),
  AllowedValues: z.array(scalar).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
});

const resource = z.strictObject({
  Type: z.string(),
  Properties: properties.default({}),
  DependsOn: oneOrMany.default([]),
  Condition: z.string().optional(),
  DeletionPolicy: policy.default('Delete'),
  UpdateReplacePolicy: policy.exclude(['RetainExceptOnCreate']).default('Delete'),
  Metadata: properties.optional(),
});

const output = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

const rule = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() })),
});

/** A template as CloudFormation's anatomy defines it (User Guide, "Template anatomy"). `Transform` is not supported. */
export const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().max(1024).optional(),
  Metadata: properties.optional(),
  Parameters: z.record(logicalId, parameter).default({}),
  Mappings: z.record(logicalId, z.record(z.string(), properties)).default({}),
  Conditions: z.record(logicalId, z.unknown()).default({}),
  Rules: z.record(logicalId, rule).default({}),
  Resources: z.record(logicalId, resource),
  Outputs: z.record(logicalId, output).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateParameter = z.output<typeof parameter>;
export type TemplateResource = z.output<typeof resource>;
export type TemplateOutput = z.output<typeof output>;
