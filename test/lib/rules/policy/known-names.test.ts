import { knownActions } from '../../../../lib/rules/policy/known-actions.ts';
import { knownVariables } from '../../../../lib/rules/policy/known-variables.ts';
import { allow, findings, policyOf } from '../fixtures.ts';

describe('An action', () => {
  test.each(['iot:Connect', 'iot:RetainPublish', 'iotjobsdata:UpdateJobExecution'])('that exists passes: %s', (action) => {
    expect(findings(knownActions, policyOf([allow(action, 'topic/a')]))).toEqual([]);
  });

  test.each(['iot:Conect', 'iot:connect', 'iot:*', '*', 'iot:CreateThing'])('that does not is found: %s', (action) => {
    expect(findings(knownActions, policyOf([allow(action, 'topic/a')]))).toEqual([expect.stringContaining(`got "${action}"`)]);
  });

  test('is looked for in a Deny too, where a mistake is worse', () => {
    expect(findings(knownActions, policyOf([{ ...allow('iot:Publsh', 'topic/a'), Effect: 'Deny' }]))).toHaveLength(1);
  });
});

describe('A variable', () => {
  test.each([
    'iot:Connection.Thing.ThingName',
    'iot:Connection.Thing.Attributes[tenant]',
    'iot:Certificate.Subject.CommonName.1',
    'iot:Certificate.Issuer.AlternativeName.DNSName',
    'aws:SourceIp',
    '*',
  ])('that AWS IoT knows passes: %s', (name) => {
    expect(findings(knownVariables, policyOf([allow('iot:Publish', `topic/\${${name}}`)]))).toEqual([]);
  });

  test.each([
    'iot:Connection.Thing.Thingname',
    'iot:ThingName',
    'iot:SourceIp',
    'iot:Certificate.Subject.Nickname',
    'iot:Certificate.Subject.CommonName.9',
    'iot:Connection.Thing.Attributes[]',
    '',
  ])('that it does not know is found: "%s"', (name) => {
    expect(findings(knownVariables, policyOf([allow('iot:Publish', `topic/\${${name}}`)]))).toEqual([
      expect.stringContaining(`got "\${${name}}"`),
    ]);
  });

  test('is looked for in conditions too', () => {
    const condition = { Condition: { StringEquals: { 'iot:ClientId': '${iot:Thing}' } } };
    expect(findings(knownVariables, policyOf([{ ...allow('iot:Connect', 'client/a'), ...condition }]))).toHaveLength(1);
  });
});
