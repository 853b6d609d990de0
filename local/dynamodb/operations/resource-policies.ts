import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';

/** Refuses a policy that is none. It is stored and shown; nobody from outside the account calls, so nothing is evaluated. */
export const requireValidResourcePolicy = (document: string): void => {
  parsePolicyDocument(
    document,
    resourceGrammar,
    ({ message }) => new AwsError('ValidationException', `The resource policy is refused: ${message}.`),
  );
};

const putInput = z.object({ ResourceArn: z.string(), Policy: z.string().min(1).max(20_480) });
const byArn = z.object({ ResourceArn: z.string() });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html */
export const putResourcePolicy =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const { ResourceArn, Policy } = parseInput(putInput, members);
    requireValidResourcePolicy(Policy);
    const revisionId = randomUUID();
    settings.get(ResourceArn).resourcePolicy = { document: Policy, revisionId };
    return { RevisionId: revisionId };
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html */
export const getResourcePolicy =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const { ResourceArn } = parseInput(byArn, members);
    const { resourcePolicy } = settings.get(ResourceArn);
    if (resourcePolicy === undefined)
      throw new AwsError('PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${ResourceArn}`);
    return { Policy: resourcePolicy.document, RevisionId: resourcePolicy.revisionId };
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    settings.get(parseInput(byArn, members).ResourceArn).resourcePolicy = undefined;
    return {};
  };
