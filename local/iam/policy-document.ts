import * as z from 'zod';
import { AwsError } from '../aws-error.ts';

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));
const conditionValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const conditionValues = z.union([conditionValue.transform((value) => [value]), z.array(conditionValue)]);
type Principals = Readonly<Partial<Record<'AWS' | 'Service' | 'Federated' | 'CanonicalUser', string[]>>>;
const principal: z.ZodType<Principals> = z.union([
  z.literal('*').transform(() => ({ AWS: ['*'] })),
  z.partialRecord(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), oneOrMany),
]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).optional(),
});

const document = z.strictObject({
  // IAM User Guide, "IAM JSON policy elements: Version": the older version is the default.
  Version: z.enum(['2012-10-17', '2008-10-17']).default('2008-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

export type PolicyStatement = z.output<typeof statement>;
/** A policy whose lists are always arrays, whatever form it was written in. */
export type PolicyDocument = z.output<typeof document>;
export type PolicyKind = 'identity' | 'trust' | 'resource';

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message);

const requireExactlyOne = (one: PolicyStatement, a: 'Action' | 'Resource' | 'Principal'): void => {
  const not = `Not${a}` as const;
  if (one[a] !== undefined && one[not] !== undefined) throw malformed(`Statement/policy must not contain both ${a} and ${not}.`);
  if (one[a] === undefined && one[not] === undefined) throw malformed(`Missing required field ${a}`);
};

const prohibit = (one: PolicyStatement, fields: readonly (keyof PolicyStatement)[]): void => {
  for (const field of fields) if (one[field] !== undefined) throw malformed(`Has prohibited field ${field}`);
};

const checkActions = (one: PolicyStatement): void => {
  for (const action of [...(one.Action ?? []), ...(one.NotAction ?? [])]) {
    if (action !== '*' && !/^[\w-]+:[\w*?-]+$/.test(action))
      throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
};

const checkResources = (one: PolicyStatement): void => {
  for (const resource of [...(one.Resource ?? []), ...(one.NotResource ?? [])]) {
    // Variables such as ${aws:username} may stand anywhere; the five colons of an ARN must be there.
    if (resource !== '*' && !/^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/s.test(resource)) {
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
};

const checkSids = (statements: readonly PolicyStatement[], kind: PolicyKind): void => {
  const sids = statements.flatMap(({ Sid }) => (Sid === undefined || Sid === '' ? [] : [Sid]));
  if (new Set(sids).size < sids.length) throw malformed('Statement IDs (SID) in a single policy must be unique.');
  // Resource-based policies are the services' own and allow more than IAM does in a Sid.
  if (kind !== 'resource' && sids.some((sid) => !/^[A-Za-z0-9]*$/.test(sid))) {
    throw malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*');
  }
};

const checkStatement = (one: PolicyStatement, kind: PolicyKind): void => {
  requireExactlyOne(one, 'Action');
  checkActions(one);
  checkResources(one);
  if (kind === 'identity') prohibit(one, ['Principal', 'NotPrincipal']);
  else requireExactlyOne(one, 'Principal');
  if (kind === 'trust') prohibit(one, ['Resource', 'NotResource', 'NotPrincipal']);
  else requireExactlyOne(one, 'Resource');
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
};

/**
 * Parses and checks a policy as IAM's grammar demands (IAM User Guide, "Grammar of the IAM JSON policy language").
 * Takes JSON text or the parsed object. Refuses with `MalformedPolicyDocument`.
 */
export const parsePolicyDocument = (input: unknown, kind: PolicyKind): PolicyDocument => {
  const result = document.safeParse(typeof input === 'string' ? parseJson(input) : input);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw malformed(`Syntax errors in policy. ${issue?.message ?? ''} at ${(issue?.path ?? []).map(String).join('.')}`);
  }
  if (result.data.Statement.length === 0) throw malformed('Syntax errors in policy.');
  checkSids(result.data.Statement, kind);
  for (const one of result.data.Statement) checkStatement(one, kind);
  return result.data;
};
