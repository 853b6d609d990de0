import { AwsError } from '../../../local/aws-error.ts';
import { parseIamPolicy } from '../../../local/iam/iam-policy.ts';
import { isTrusted } from '../../../local/iam/trust.ts';
import { identityGrammar, trustGrammar } from '../../../local/policy/iam-grammars.ts';
import type { PolicyGrammar } from '../../../local/policy/policy-grammar.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/${aws:username}/*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const documentOf = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });

const refusalOf = (input: unknown, grammar: PolicyGrammar): AwsError => {
  try {
    parseIamPolicy(input, grammar);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the policy was accepted');
};

describe('IAM takes', () => {
  test.each([
    ['an identity policy', documentOf(allow), identityGrammar],
    ['a trust policy', documentOf(trust), trustGrammar],
    ['a document without a version', { Statement: allow }, identityGrammar],
    ['a document with an id', { ...documentOf(allow), Id: 'mine' }, identityGrammar],
    ['a condition on a tag', documentOf({ ...allow, Condition: { StringLike: { 'aws:PrincipalTag/team name': 'a*' } } }), identityGrammar],
  ])('%s, as text or as an object', (_, document, grammar) => {
    expect(parseIamPolicy(document, grammar).document).toEqual(parseIamPolicy(JSON.stringify(document), grammar).document);
  });

  test('the text as it is, white space and all, to show it again', () => {
    const text = JSON.stringify(documentOf(allow), undefined, 2);
    expect(parseIamPolicy(text, identityGrammar).text).toBe(text);
  });
});

describe('IAM says what is wrong, in words of its own', () => {
  test.each<[string, unknown, PolicyGrammar, string]>([
    ['text that is no JSON', '{', identityGrammar, 'This policy contains invalid Json'],
    ['nothing', undefined, identityGrammar, 'Syntax errors in policy.'],
    ['no statements', { Statement: [] }, identityGrammar, 'Syntax errors in policy.'],
    ['an unknown element', documentOf({ ...allow, Color: 'red' }), identityGrammar, 'Syntax errors in policy.'],
    ['a principal in an identity policy', documentOf({ ...allow, Principal: '*' }), identityGrammar, 'Has prohibited field Principal'],
    ['a resource in a trust policy', documentOf({ ...trust, Resource: '*' }), trustGrammar, 'Has prohibited field Resource'],
    ['no principal', documentOf({ ...trust, Principal: undefined }), trustGrammar, 'Missing required field Principal'],
    ['no resource', documentOf({ ...allow, Resource: undefined }), identityGrammar, 'Missing required field Resource'],
    ['an action and its opposite', documentOf({ ...allow, NotAction: '*' }), identityGrammar, 'must not contain both Action and NotAction'],
    ['an action without a service', documentOf({ ...allow, Action: 'GetObject' }), identityGrammar, 'must be prefaced by a vendor'],
    ['a resource that is no ARN', documentOf({ ...allow, Resource: 'bucket' }), identityGrammar, 'Resource bucket must be in ARN format'],
    ['a Sid with a space', documentOf({ ...allow, Sid: 'a b' }), identityGrammar, 'must be alpha-numeric'],
    ['a Sid twice', documentOf({ ...allow, Sid: 'a' }, { ...allow, Sid: 'a' }), identityGrammar, 'must be unique'],
  ])('about %s', (_, input, grammar, words) => {
    const refusal = refusalOf(input, grammar);
    expect(refusal).toMatchObject({ code: 'MalformedPolicyDocument', status: 400 });
    expect(refusal.message).toContain(words);
  });
});

describe('A trust policy', () => {
  const byLambda = { principal: { service: 'lambda.amazonaws.com' }, context: { 'aws:SourceAccount': '123456789012' } };
  const trusts = (...statements: readonly object[]): boolean =>
    isTrusted(parseIamPolicy(documentOf(...statements), trustGrammar).document, byLambda);

  test.each([
    ['the service that it names', [trust], true],
    ['no other service', [{ ...trust, Principal: { Service: 'iot.amazonaws.com' } }], false],
    ['no service when it names everybody', [{ ...trust, Principal: '*' }], false],
    ['whatever the case of the action', [{ ...trust, Action: 'STS:assume*' }], true],
    ['nobody for another action', [{ ...trust, Action: 'sts:TagSession' }], false],
    ['nobody whom it denies, too', [trust, { ...trust, Effect: 'Deny' }], false],
    ['by key, whatever its case', [{ ...trust, Condition: { StringEquals: { 'AWS:sourceaccount': '123456789012' } } }], true],
    ['nobody from elsewhere', [{ ...trust, Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } }], false],
  ])('trusts %s', (_, statements, expected) => {
    expect(trusts(...statements)).toBe(expected);
  });
});
