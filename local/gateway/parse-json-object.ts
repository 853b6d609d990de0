import { AwsError } from '../aws-error.ts';
import { isJsonObject } from '../json-object.ts';
import type { OperationInput } from './operation.ts';

// The deepest input that AWS takes, an item of DynamoDB, has 32 levels of two each; what is deeper exhausts the stack of whoever reads it.
const maxDepth = 200;

const membersOf = (value: unknown): readonly unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []);

const isTooDeep = (value: unknown): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) level = level.flatMap(membersOf);
  return level.length > 0;
};

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
  if (isTooDeep(value)) throw new AwsError('SerializationException', 'The request body is nested too deeply.');
  if (isJsonObject(value)) return value;
  throw new AwsError('SerializationException', 'The request body is JSON, but no object.');
};
