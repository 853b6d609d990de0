import { AwsError } from '../aws-error.ts';
import { isJsonObject } from '../json-object.ts';
import type { OperationInput } from './operation.ts';

// The deepest input that AWS takes, an item of DynamoDB, has 32 levels of two each; what is deeper exhausts the stack of whoever reads it.
const maxDepth = 200;

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' && value !== null && (depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1)));

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 'The request body is no JSON.');
  }
};

/** A request body that must be one JSON object; anything else is AWS's `SerializationException`. */
export const parseJsonObject = (text: string): OperationInput => {
  const value = parse(text);
  if (isDeeper(value, maxDepth)) throw new AwsError('SerializationException', 'The request body is nested too deeply.');
  if (isJsonObject(value)) return value;
  throw new AwsError('SerializationException', 'The request body is JSON, but no object.');
};
