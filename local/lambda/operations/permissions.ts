import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import { functionArn } from '../functions/function-reference.ts';
import type { Permission } from '../functions/lambda-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const addInput = z.object({
  FunctionName: z.string(),
  Qualifier: z.string().optional(),
  StatementId: z.string().regex(/^[\w-]{1,100}$/),
  Action: z.string().regex(/^(?:lambda:\*|lambda:[a-zA-Z]+|\*)$/),
  Principal: z.string().min(1),
  SourceArn: z.string().regex(/^arn:/).optional(),
  SourceAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  PrincipalOrgID: z.string().optional(),
  FunctionUrlAuthType: z.enum(['AWS_IAM', 'NONE']).optional(),
  InvokedViaFunctionUrl: z.boolean().optional(),
});

type Wanted = z.output<typeof addInput>;

const principalOf = (principal: string): '*' | Readonly<Record<string, string>> => {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
};

const conditionOf = (wanted: Wanted): object => {
  const account = wanted.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': wanted.SourceAccount };
  const organization = wanted.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': wanted.PrincipalOrgID };
  const authType = wanted.FunctionUrlAuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': wanted.FunctionUrlAuthType };
  const equals = { ...account, ...organization, ...authType };
  const like = wanted.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': wanted.SourceArn } };
  const viaUrl = wanted.InvokedViaFunctionUrl;
  const bool = viaUrl === undefined ? {} : { Bool: { 'lambda:InvokedViaFunctionUrl': String(viaUrl) } };
  return { ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }), ...bool, ...like };
};

/** Each condition of function URLs belongs to one of the two actions that they need. */
const requireFittingAction = ({ Action, FunctionUrlAuthType, InvokedViaFunctionUrl }: Wanted): void => {
  const refuse = (member: string, action: string): never => {
    throw new AwsError('InvalidParameterValueException', `${member} is only supported for ${action} action`);
  };
  if (FunctionUrlAuthType !== undefined && Action !== 'lambda:InvokeFunctionUrl') refuse('FunctionUrlAuthType', 'lambda:InvokeFunctionUrl');
  if (InvokedViaFunctionUrl !== undefined && Action !== 'lambda:InvokeFunction') refuse('InvokedViaFunctionUrl', 'lambda:InvokeFunction');
};

const permissionOf = (wanted: Wanted, resource: string): Permission => {
  const condition = conditionOf(wanted);
  const statement = {
    Sid: wanted.StatementId,
    Effect: 'Allow',
    Principal: principalOf(wanted.Principal),
    Action: wanted.Action,
    Resource: resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
  const document = parsePolicyDocument(
    JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    resourceGrammar,
    ({ message }) => new AwsError('InvalidParameterValueException', `The permission is refused: ${message}.`),
  );
  return { sid: wanted.StatementId, statement, document };
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission =
  ({ account, functions }: LambdaDependencies): Operation =>
  (members) => {
    const wanted = parseInput(addInput, members);
    requireFittingAction(wanted);
    const { lambda, reference } = functions.resolve(wanted.FunctionName, wanted.Qualifier);
    const permission = permissionOf(wanted, functionArn(account, reference));
    lambda.permit(reference.qualifier, permission);
    return { Statement: JSON.stringify(permission.statement) };
  };

const removeInput = z.object({ FunctionName: z.string(), Qualifier: z.string().optional(), StatementId: z.string() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier, StatementId } = parseInput(removeInput, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    lambda.forbid(reference.qualifier, StatementId);
    return undefined;
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier } = parseInput(z.object({ FunctionName: z.string(), Qualifier: z.string().optional() }), members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    const permissions = lambda.policy(reference.qualifier);
    if (permissions.length === 0)
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
    const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: permissions.map(({ statement }) => statement) });
    return { Policy, RevisionId: lambda.latest.revisionId };
  };
