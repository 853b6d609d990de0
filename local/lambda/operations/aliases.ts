import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Alias, LambdaFunction } from '../functions/lambda-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const aliasName = z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'must be letters, digits, hyphens or underscores, and not digits only');

const byName = z.object({ FunctionName: z.string(), Name: z.string() });

const describe = (lambda: LambdaFunction, alias: Alias): object => ({
  AliasArn: `${lambda.arn}:${alias.name}`,
  Name: alias.name,
  FunctionVersion: alias.functionVersion,
  Description: alias.description,
  RevisionId: alias.revisionId,
});

const existing = (lambda: LambdaFunction, name: string): Alias => {
  const alias = lambda.aliases.get(name);
  if (alias === undefined) throw new AwsError('ResourceNotFoundException', `Alias not found: ${lambda.arn}:${name}`, { status: 404 });
  return alias;
};

const put = (lambda: LambdaFunction, alias: Omit<Alias, 'revisionId'>): object => {
  // An alias may lead to a version only, not to another alias.
  if (lambda.aliases.has(alias.functionVersion))
    throw new AwsError('InvalidParameterValueException', `${alias.functionVersion} is no version.`);
  lambda.requireQualifier(alias.functionVersion);
  const stored = { ...alias, revisionId: randomUUID() };
  lambda.aliases.set(alias.name, stored);
  return describe(lambda, stored);
};

const createInput = z.object({
  FunctionName: z.string(),
  Name: aliasName,
  FunctionVersion: z.string(),
  Description: z.string().max(256).default(''),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const createAlias =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Name, FunctionVersion, Description } = parseInput(createInput, members);
    const { lambda } = functions.resolve(FunctionName);
    if (lambda.aliases.has(Name))
      throw new AwsError('ResourceConflictException', `Alias already exists: ${lambda.arn}:${Name}`, { status: 409 });
    return put(lambda, { name: Name, functionVersion: FunctionVersion, description: Description });
  };

const updateInput = byName.extend({ FunctionVersion: z.string().optional(), Description: z.string().max(256).optional() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const updateAlias =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Name, FunctionVersion, Description } = parseInput(updateInput, members);
    const { lambda } = functions.resolve(FunctionName);
    const alias = existing(lambda, Name);
    return put(lambda, {
      ...alias,
      functionVersion: FunctionVersion ?? alias.functionVersion,
      description: Description ?? alias.description,
    });
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const getAlias =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Name } = parseInput(byName, members);
    const { lambda } = functions.resolve(FunctionName);
    return describe(lambda, existing(lambda, Name));
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html; succeeds when there is none. The alias's address goes with it. */
export const deleteAlias =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Name } = parseInput(byName, members);
    const { lambda } = functions.resolve(FunctionName);
    lambda.aliases.delete(Name);
    lambda.urls.delete(Name);
    return undefined;
  };
