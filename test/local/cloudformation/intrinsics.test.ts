import { resolveIntrinsics } from '../../../local/cloudformation/intrinsics/resolve-intrinsics.ts';
import type { Scope } from '../../../local/cloudformation/intrinsics/scope.ts';
import { noValue } from '../../../local/cloudformation/intrinsics/scope.ts';

const names: Readonly<Record<string, unknown>> = { Name: 'value', List: ['x', 'y'], 'AWS::Region': 'eu-central-1' };

const scope: Scope = {
  region: 'eu-central-1',
  ref: (name) => names[name] ?? `ref(${name})`,
  getAtt: (logicalId, attribute) => `att(${logicalId},${attribute})`,
  condition: (name) => name === 'Yes',
  mapping: (name, top, second) => `map(${name},${top},${second})`,
  importValue: (name) => `import(${name})`,
  dynamicReference: (service, reference) => `<${service}|${reference}>`,
};

const resolve = (node: unknown): unknown => resolveIntrinsics(node, scope);

describe('An intrinsic function', () => {
  test.each([
    ['Ref', { Ref: 'Name' }, 'value'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Stream.Arn'] }, 'att(Table,Stream.Arn)'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'att(Table,Stream.Arn)'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1, true]] }, 'a-value-1-true'],
    ['Fn::Join of a list parameter', { 'Fn::Join': [',', { Ref: 'List' }] }, 'x,y'],
    ['Fn::Sub', { 'Fn::Sub': '${Name}/${Table.Arn}/${!Literal}' }, 'value/att(Table,Arn)/${Literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${a}-${Name}', { a: { Ref: 'Other' } }] }, 'ref(Other)-value'],
    ['Fn::Split and Fn::Select', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::Select with a textual index', { 'Fn::Select': ['0', ['a']] }, 'a'],
    ['Fn::If, true', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['Fn::If, false', { 'Fn::If': ['No', 1, 2] }, 2],
    ['Fn::Equals of text and number', { 'Fn::Equals': ['1', 1] }, true],
    ['Fn::And, Fn::Or, Fn::Not', { 'Fn::And': [{ 'Fn::Or': [false, true] }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'map(M,eu-central-1,k)'],
    ['Fn::Base64', { 'Fn::Base64': 'ä' }, 'w6Q='],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-x' } }, 'import(value-x)'],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['a dynamic reference', 'a {{resolve:ssm:/name:2}} b', 'a <ssm|/name:2> b'],
  ])('%s', (_name, node, expected) => {
    expect(resolve(node)).toEqual(expected);
  });

  test('leaves out what is AWS::NoValue, in objects and lists', () => {
    expect(resolve({ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }, 2] })).toEqual({ b: [1, 2] });
    expect(resolve({ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] })).toBe(noValue);
  });

  test('does not look at the branch that is not chosen', () => {
    expect(resolve({ 'Fn::If': ['Yes', 'ok', { 'Fn::Select': [9, []] }] })).toBe('ok');
  });

  test('is not seen in a policy document, whose Condition is an object', () => {
    const statement = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'Name' } } } };
    expect(resolve(statement)).toEqual({ Condition: { StringEquals: { 'aws:SourceAccount': 'value' } } });
  });

  test.each([
    ['Fn::Select beyond the end', { 'Fn::Select': [2, ['a']] }, 'nonexistent value at index 2'],
    ['Fn::Join of an object', { 'Fn::Join': [',', [{ a: 1, b: 2 }]] }, 'Fn::Join'],
    ['Fn::Not of text', { 'Fn::Not': ['maybe'] }, 'must be a boolean'],
    ['a function that is not supported', { 'Fn::Transform': {} }, 'does not support the function Fn::Transform'],
    ['Fn::Cidr with too many blocks', { 'Fn::Cidr': ['10.0.0.0/24', 300, 8] }, 'cannot make'],
  ])('%s is refused', (_name, node, message) => {
    expect(() => resolve(node)).toThrow(message);
  });
});
