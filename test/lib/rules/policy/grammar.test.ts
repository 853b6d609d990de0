import { policyGrammar } from '../../../../lib/rules/policy/grammar.ts';
import { allow, findings, policyOf } from '../fixtures.ts';

const good = allow('iot:Publish', 'topic/a/b');

describe('A policy document that AWS IoT would refuse', () => {
  test.each([
    ['an effect that is misspelled', policyOf([{ ...good, Effect: 'Alow' }]), 'got the effect "Alow"; allowed is Allow or Deny'],
    ['a principal', policyOf([{ ...good, Principal: '*' }]), 'got "Principal" in a statement'],
    ['no resource', policyOf([{ Effect: 'Allow', Action: 'iot:Publish' }]), 'both or neither of Resource and NotResource'],
    ['both kinds of resource', policyOf([{ ...good, NotResource: '*' }]), 'both or neither of Resource and NotResource'],
    ['an empty list of resources', policyOf([{ ...good, Resource: [] }]), 'got the resource []'],
    ['no action', policyOf([{ ...good, Action: undefined }]), 'got the action undefined'],
    ['an action that is no text', policyOf([{ ...good, Action: [1] }]), 'got the action [1]'],
    ['a statement that is no object', policyOf(['Allow']), 'got the statement "Allow"'],
    ['no statement', policyOf([]), 'got no statement'],
    ['the older version', policyOf([], { PolicyDocument: { Version: '2008-10-17', Statement: [good] } }), 'got version "2008-10-17"'],
    [
      'an unknown section',
      policyOf([], { PolicyDocument: { Version: '2012-10-17', Statements: [good], Statement: [good] } }),
      '"Statements" in a document',
    ],
    ['text for a document', policyOf([], { PolicyDocument: '{}' }), 'a policy document that is no object'],
    ['a name with a space', policyOf([good], { PolicyName: 'my policy' }), 'got the policy name "my policy"'],
  ])('is found: %s', (_, policy, message) => {
    expect(findings(policyGrammar, policy)).toContainEqual(expect.stringContaining(message));
  });

  test('is not one with a single statement, a single action and a single resource', () => {
    expect(findings(policyGrammar, policyOf({ Sid: 'One', Effect: 'Deny', Action: 'iot:Publish', NotResource: 'arn' }))).toEqual([]);
  });
});
