import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { Resource, Tags } = parseInput(z.object({ Resource: z.string(), Tags: z.record(z.string(), z.string()) }), members);
    const { lambda } = functions.resolve(Resource);
    for (const [name, value] of Object.entries(Tags)) lambda.tags.set(name, value);
    return undefined;
  };

const names = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { Resource, TagKeys } = parseInput(z.object({ Resource: z.string(), TagKeys: names }), members);
    const { lambda } = functions.resolve(Resource);
    for (const name of TagKeys) lambda.tags.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => ({
    Tags: Object.fromEntries(functions.resolve(parseInput(z.object({ Resource: z.string() }), members).Resource).lambda.tags),
  });
