import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Properties } from './resource-provider.ts';

// CloudFormation takes scalars as templates and parameters give them: "true" is true, "30" is 30.

export const booleanProperty = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

export const integerProperty = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

export const stringProperty = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** A JSON document, given as an object or as text; always text afterwards. */
export const jsonTextProperty = z.union([z.string(), z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document))]);

export const tagsProperty = z.array(z.strictObject({ Key: stringProperty, Value: stringProperty }));

const describeIssue = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `Encountered unsupported property ${issue.keys.join(', ')}`;
  return `${issue.path.map(String).join('/')}: ${issue.message}`;
};

/** A provider does not take the properties, and has touched nothing. */
export class PropertiesRefused extends AwsError {
  constructor(type: string, reason: string) {
    super('InvalidRequest', `Properties of ${type} are refused. ${reason}`);
  }
}

/** A resource's properties by its provider's schema. Refuses what the provider does not know, by name, as CloudFormation does. */
export const parseProperties = <Schema extends z.ZodType>(type: string, schema: Schema, properties: Properties): z.output<Schema> => {
  const result = schema.safeParse(properties);
  if (result.success) return result.data;
  throw new PropertiesRefused(type, result.error.issues.map(describeIssue).join('; '));
};
