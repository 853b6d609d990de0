import * as z from 'zod';

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));

const principal = z.union([z.literal('*'), z.record(z.string(), oneOrMany)]);

const conditionValues = z.preprocess((value) => (Array.isArray(value) ? value.map(String) : [String(value)]), z.array(z.string()));

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

export const policyDocumentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(statement).min(1), statement.transform((one) => [one])]),
});

/** A resource-based policy as IAM's grammar has it (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export type PolicyDocument = z.output<typeof policyDocumentSchema>;
export type PolicyStatement = PolicyDocument['Statement'][number];

/** The document in a policy's text, or what is wrong with it. */
export const parsePolicyDocument = (text: string): { readonly document: PolicyDocument } | { readonly problem: string } => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'the policy is no JSON' };
  }
  const result = policyDocumentSchema.safeParse(json);
  if (result.success) return { document: result.data };
  return { problem: result.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ') };
};
