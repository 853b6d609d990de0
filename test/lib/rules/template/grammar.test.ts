import { templateGrammar } from '../../../../lib/rules/template/grammar.ts';
import { templateSize } from '../../../../lib/rules/template/size.ts';
import { findings, goodBody, templateOf, withResource } from '../fixtures.ts';

const properties = (name: 'thing' | 'certificate' | 'policy', more: Readonly<Record<string, unknown>>) =>
  withResource(name, { Properties: { ...goodBody.Resources[name].Properties, ...more } });

describe('The body of a provisioning template', () => {
  test('that follows the grammar passes', () => {
    expect(findings(templateGrammar, templateOf(goodBody))).toEqual([]);
    expect(findings(templateSize, templateOf(goodBody))).toEqual([]);
  });

  test.each([
    ['an unknown section', { ...goodBody, Outputs: {} }, 'the section "Outputs"'],
    ['a parameter that is no String', { ...goodBody, Parameters: { ...goodBody.Parameters, A: { Type: 'Number' } } }, 'the parameter "A"'],
    [
      'a default that is no text',
      { ...goodBody, Parameters: { ...goodBody.Parameters, A: { Type: 'String', Default: 1 } } },
      'the parameter "A"',
    ],
    [
      'a second thing',
      { ...goodBody, Resources: { ...goodBody.Resources, twin: goodBody.Resources.thing } },
      '2 resources of type AWS::IoT::Thing',
    ],
    ['no certificate', { ...goodBody, Resources: { thing: goodBody.Resources.thing } }, '0 resources of type AWS::IoT::Certificate'],
    [
      'a foreign resource',
      { ...goodBody, Resources: { ...goodBody.Resources, role: { Type: 'AWS::IAM::Role' } } },
      'of type "AWS::IAM::Role"',
    ],
    ['a property that does not exist', properties('thing', { ThingGroup: 'a' }), 'got thing.ThingGroup'],
    [
      'a certificate by CSR',
      properties('certificate', { CertificateSigningRequest: { Ref: 'SerialNumber' } }),
      'got certificate.CertificateSigningRequest',
    ],
    ['a policy by name and document', properties('policy', { PolicyDocument: '{}' }), 'none or several of PolicyName, PolicyDocument'],
    [
      'an override that is not spelled so',
      withResource('thing', { OverrideSettings: { THING_GROUPS: 'DO_NOTHING' } }),
      'the override THING_GROUPS',
    ],
    [
      'an override that is no choice',
      withResource('thing', { OverrideSettings: { ThingTypeName: 'MERGE' } }),
      'the override ThingTypeName: "MERGE"',
    ],
    ['a reference to nothing', properties('thing', { ThingName: { Ref: 'Name' } }), 'a reference to "Name" in thing'],
    ['a function that does not exist', properties('thing', { ThingName: { 'Fn::If': ['a', 'b', 'c'] } }), 'Fn::If in thing'],
    ['a join in a policy', properties('policy', { PolicyName: { 'Fn::Join': ['', ['a']] } }), 'Fn::Join in the policy "policy"'],
    ['a nested device configuration', { ...goodBody, DeviceConfiguration: { a: { b: 'c' } } }, 'an object as DeviceConfiguration.a'],
  ])('is found with %s', (_, body, message) => {
    expect(findings(templateGrammar, templateOf(body))).toContainEqual(expect.stringContaining(message));
  });

  test('reaches into functions', () => {
    expect(
      findings(templateGrammar, templateOf(properties('thing', { ThingName: { 'Fn::Join': ['', [{ Ref: 'Nobody' }]] } }))),
    ).toHaveLength(1);
  });
});

describe('A provisioning template that AWS IoT would not take', () => {
  test.each([
    ['a body that is no JSON', templateOf('{'), 'no JSON object'],
    ['a body that is no object', templateOf('[]'), 'no JSON object'],
    ['a body of 10,241 characters', templateOf(JSON.stringify({ a: 'x'.repeat(10_233) })), 'a body of 10241 characters'],
    ['a name of 37 characters', templateOf(goodBody, { TemplateName: 'a'.repeat(37) }), 'got the name'],
    ['a name with a colon', templateOf(goodBody, { TemplateName: 'a:b' }), 'got the name'],
  ])('is found with %s', (_, template, message) => {
    expect(findings(templateSize, template)).toEqual([expect.stringContaining(message)]);
  });

  test('is not one with a body of 10,240 characters', () => {
    expect(findings(templateSize, templateOf(JSON.stringify({ a: 'x'.repeat(10_232) })))).toEqual([]);
  });
});
