import { AwsError } from '../aws-error.ts';
import type { OperationInput } from './operation.ts';

const isObject = (value: unknown): value is OperationInput => typeof value === 'object' && value !== null && !Array.isArray(value);

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
  if (isObject(value)) return value;
  throw new AwsError('SerializationException', 'The request body is JSON, but no object.');
};
