import { parseTemplate } from '../../../local/cloudformation/template/parse-template.ts';

describe('A template', () => {
  test('in YAML may use the short forms of functions, nested in each other', () => {
    const template = parseTemplate(`
Resources:
  A:
    Type: Test::Thing
    Properties:
      One: !Ref B
      Two: !GetAtt B.Stream.Arn
      Three: !Join ['-', [!Sub '\${AWS::Region}', !If [Yes, !Ref B, !Ref 'AWS::NoValue']]]
      Four: !Equals
        - !Select [0, !Split [',', 'a,b']]
        - a
  B:
    Type: Test::Thing
    DependsOn: A
`);
    expect(template.Resources['A']?.Properties).toEqual({
      One: { Ref: 'B' },
      Two: { 'Fn::GetAtt': ['B', 'Stream.Arn'] },
      Three: { 'Fn::Join': ['-', [{ 'Fn::Sub': '${AWS::Region}' }, { 'Fn::If': ['Yes', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }]] },
      Four: { 'Fn::Equals': [{ 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }, 'a'] },
    });
    expect(template.Resources['B']?.DependsOn).toEqual(['A']);
  });

  test.each([
    ['that is no JSON', '{ "Resources": ', 'Template format error: JSON not well-formed'],
    ['that is no YAML', 'Resources: [', 'Template format error: YAML not well-formed'],
    ['without resources', '{"Resources": {}}', 'At least one Resources member must be defined'],
    ['with an unknown section', '{"Shoes": 1, "Resources": {"A": {"Type": "T"}}}', 'Invalid template property or properties [Shoes]'],
    ['with an unknown attribute', '{"Resources": {"A": {"Type": "T", "Shoe": 1}}}', 'Encountered unsupported attributes: [Shoe]'],
    ['with a transform', '{"Transform": "AWS::Serverless-2016-10-31", "Resources": {"A": {"Type": "T"}}}', 'Transform'],
    ['with an unknown condition', '{"Resources": {"A": {"Type": "T", "Condition": "C"}}}', 'Unresolved condition dependency C'],
    ['that depends on what is not there', '{"Resources": {"A": {"Type": "T", "DependsOn": "B"}}}', 'Unresolved resource dependencies [B]'],
    ['with a bad logical id', '{"Resources": {"A-1": {"Type": "T"}}}', 'alphanumeric'],
  ])('%s is refused', (_name, text, message) => {
    expect(() => parseTemplate(text)).toThrow(message);
  });
});
