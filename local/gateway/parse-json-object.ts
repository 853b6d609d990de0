import { AwsError } from '../aws-error.ts';
import { isJsonObject } from '../json-object.ts';
import type { OperationInput } from './operation.ts';

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
  if (isJsonObject(value)) return value;
  throw new AwsError('SerializationException', 'The request body is JSON, but no object.');
};
