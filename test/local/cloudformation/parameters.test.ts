import type { GivenParameter, ReadSsmParameter } from '../../../local/cloudformation/template/resolve-parameters.ts';
import { resolveParameters } from '../../../local/cloudformation/template/resolve-parameters.ts';
import { parseTemplate } from '../../../local/cloudformation/template/parse-template.ts';

const templateWith = (Parameters: object) => parseTemplate(JSON.stringify({ Parameters, Resources: { A: { Type: 'T' } } }));

const given = (values: Readonly<Record<string, string>>): readonly GivenParameter[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, shouldUsePrevious: false }));

const resolve = (parameters: object, values: Readonly<Record<string, string>>, readSsm: ReadSsmParameter = () => undefined) =>
  resolveParameters(templateWith(parameters), { given: given(values), previous: [], readSsm });

describe('A parameter', () => {
  test('is what was given, else its default', () => {
    const resolved = resolve({ A: { Type: 'String', Default: 'a' }, B: { Type: 'Number', Default: 1 } }, { B: '2' });
    expect(resolved.map(({ value }) => value)).toEqual(['a', '2']);
  });

  test('of a list type is a list', () => {
    expect(resolve({ A: { Type: 'CommaDelimitedList' } }, { A: 'x, y' })[0]?.value).toEqual(['x', 'y']);
    expect(resolve({ A: { Type: 'CommaDelimitedList', Default: '' } }, {})[0]?.value).toEqual([]);
  });

  test('of an SSM type is the value of the parameter that it names', () => {
    const [resolved] = resolve({ A: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/v' } }, {}, (name) => `value of ${name}`);
    expect(resolved).toMatchObject({ given: '/v', value: 'value of /v', ssmValue: 'value of /v' });
  });

  test('may keep its previous value', () => {
    const previous = resolve({ A: { Type: 'String' } }, { A: 'old' });
    const kept = [{ name: 'A', value: undefined, shouldUsePrevious: true }];
    expect(resolveParameters(templateWith({ A: { Type: 'String' } }), { given: kept, previous, readSsm: () => undefined })[0]?.value).toBe(
      'old',
    );
  });

  test.each([
    ['without a value', { A: { Type: 'String' } }, {}, 'Parameters: [A] must have values'],
    ['that the template does not have', {}, { A: 'x' }, 'Parameters: [A] do not exist in the template'],
    ['not among the allowed values', { A: { Type: 'String', AllowedValues: ['x'] } }, { A: 'y' }, 'must be one of AllowedValues'],
    ['against its pattern', { A: { Type: 'String', AllowedPattern: '[a-z]+' } }, { A: 'a1' }, 'must match pattern [a-z]+'],
    ['too short', { A: { Type: 'String', MinLength: 3 } }, { A: 'ab' }, 'at least 3'],
    ['that is no number', { A: { Type: 'Number' } }, { A: 'x' }, 'must be a number'],
    ['too large', { A: { Type: 'Number', MaxValue: 3 } }, { A: '4' }, 'not greater than 3'],
    ['of an unknown type', { A: { Type: 'Shoe' } }, { A: '4' }, 'Unrecognized parameter type: Shoe'],
    [
      'whose SSM parameter is missing',
      { A: { Type: 'AWS::SSM::Parameter::Value<String>' } },
      { A: '/n' },
      'Unable to fetch parameters [/n]',
    ],
    ['with a description of its constraint', { A: { Type: 'Number', ConstraintDescription: 'be nice' } }, { A: 'x' }, 'be nice'],
  ])('%s is refused', (_name, parameters, values, message) => {
    expect(() => resolve(parameters, values)).toThrow(message);
  });
});
