import { groupLimit } from '../../../../lib/rules/policy/group-limit.ts';
import { policySize } from '../../../../lib/rules/policy/size.ts';
import type { TemplateResource } from '../../../../lib/rules/rule.ts';
import { allow, findings, policyOf } from '../fixtures.ts';

const documentOf = (characters: number, filler: string) => {
  const empty = JSON.stringify(policyOf([allow('iot:Publish', 'topic/')]).properties['PolicyDocument']).length;
  return policyOf([allow('iot:Publish', `topic/${filler.repeat(characters - empty)}`)]);
};

describe('A policy document', () => {
  test('of 2,048 characters is as long as AWS IoT takes', () => {
    expect(findings(policySize, documentOf(2048, 'a'))).toEqual([]);
    expect(findings(policySize, documentOf(2049, 'a'))).toEqual([expect.stringContaining('got 2049 characters')]);
  });

  test('is measured without its white space', () => {
    expect(findings(policySize, documentOf(5000, ' '))).toEqual([]);
  });
});

describe('A thing group', () => {
  const attachment = (logicalId: string, group: string): TemplateResource => ({
    logicalId,
    type: 'Custom::MusterGroupPolicy',
    properties: { PolicyName: logicalId, ThingGroupArn: group },
  });

  test('holds two policies and not three', () => {
    expect(groupLimit.check([attachment('A', 'one'), attachment('B', 'one'), attachment('C', 'two')])).toEqual([]);
    expect(groupLimit.check([attachment('A', 'one'), attachment('B', 'one'), attachment('C', 'one')])).toEqual([
      { logicalId: 'C', message: expect.stringContaining('got 3 policies on one thing group; allowed is 2') as unknown },
    ]);
  });
});
