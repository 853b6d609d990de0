import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  type AuthInfo,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  GetEffectivePoliciesCommand,
  TestAuthorizationCommand,
  type TestAuthorizationCommandInput,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

interface StatementText {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
}

const policy = async (...Statement: readonly StatementText[]): Promise<string> => {
  const policyName = fresh('policy');
  await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  return policyName;
};

const certificate = async (...policyNames: readonly string[]): Promise<string> => {
  const { certificateArn = '' } = await subject.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
  for (const policyName of policyNames) await subject.iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
  return certificateArn;
};

const attempt = async (principal: string, authInfo: AuthInfo, more: Partial<TestAuthorizationCommandInput> = {}) => {
  const { authResults } = await subject.iot.send(new TestAuthorizationCommand({ principal, authInfos: [authInfo], ...more }));
  return authResults?.[0];
};

const publish = (topic: string): AuthInfo => ({ actionType: 'PUBLISH', resources: [arn(`topic/${topic}`)] });

const allowPublish = (topic: string): StatementText => ({ Effect: 'Allow', Action: 'iot:Publish', Resource: arn(`topic/${topic}`) });

const namesOf = (policies: readonly { readonly policyName?: string | undefined }[] | undefined) => policies?.map((each) => each.policyName);

describe('TestAuthorization', () => {
  test('says which policies allow, which deny and which say nothing', async () => {
    const allowing = await policy(allowPublish('a/*'));
    const denying = await policy({ ...allowPublish('a/secret'), Effect: 'Deny' });
    const silent = await policy(allowPublish('b'));
    const principal = await certificate(allowing, denying, silent);
    const open = await attempt(principal, publish('a/open'));
    expect(open?.authDecision).toBe('ALLOWED');
    expect(namesOf(open?.allowed?.policies)).toEqual([allowing]);
    expect(namesOf(open?.denied?.implicitDeny?.policies)).toEqual([denying, silent]);
    const secret = await attempt(principal, publish('a/secret'));
    expect(secret?.authDecision).toBe('EXPLICIT_DENY');
    expect(namesOf(secret?.denied?.explicitDeny?.policies)).toEqual([denying]);
    expect(secret?.allowed?.policies?.[0]).toEqual({ policyName: allowing, policyArn: arn(`policy/${allowing}`) });
    expect((await attempt(principal, publish('c')))?.authDecision).toBe('IMPLICIT_DENY');
  });

  test('allows resources only all together', async () => {
    const principal = await certificate(await policy(allowPublish('a')));
    const both = await attempt(principal, { actionType: 'PUBLISH', resources: [arn('topic/a'), arn('topic/b')] });
    expect(both?.authDecision).toBe('IMPLICIT_DENY');
  });

  test('names the context values that it would have needed', async () => {
    const principal = await certificate(
      await policy({ ...allowPublish('a'), Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }, allowPublish('${iot:ClientId}')),
    );
    const result = await attempt(principal, publish('a'));
    expect(result).toMatchObject({ authDecision: 'IMPLICIT_DENY', missingContextValues: ['aws:SourceIp', 'iot:ClientId'] });
    const named = await attempt(principal, publish('a'), { clientId: 'a' });
    expect(named).toMatchObject({ authDecision: 'ALLOWED', missingContextValues: ['aws:SourceIp'] });
  });

  test('adds and leaves out policies, and takes in those of the groups of the thing that the client id names', async () => {
    const [own, extra, ofGroup] = [
      await policy(allowPublish('own')),
      await policy(allowPublish('extra')),
      await policy(allowPublish('group')),
    ];
    const principal = await certificate(own);
    const [thingName, thingGroupName] = [fresh('thing'), fresh('group')];
    await subject.iot.send(new CreateThingCommand({ thingName }));
    await subject.iot.send(new CreateThingGroupCommand({ thingGroupName }));
    await subject.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    await subject.iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
    await subject.iot.send(new AttachPolicyCommand({ policyName: ofGroup, target: arn(`thinggroup/${thingGroupName}`) }));
    const decide = async (topic: string, more: Partial<TestAuthorizationCommandInput>) =>
      (await attempt(principal, publish(topic), more))?.authDecision;
    expect(await decide('extra', { policyNamesToAdd: [extra] })).toBe('ALLOWED');
    expect(await decide('own', { policyNamesToSkip: [own] })).toBe('IMPLICIT_DENY');
    expect(await decide('group', { clientId: thingName })).toBe('ALLOWED');
    expect(await decide('group', {})).toBe('IMPLICIT_DENY');
    const { effectivePolicies } = await subject.iot.send(new GetEffectivePoliciesCommand({ principal, thingName }));
    expect(namesOf(effectivePolicies)).toEqual([own, ofGroup]);
    expect(effectivePolicies?.[0]?.policyDocument).toContain('topic/own');
  });

  test('refuses what it cannot try', async () => {
    const principal = await certificate();
    const infos = Array.from({ length: 11 }, () => publish('a'));
    await expectRefusal(
      subject.iot.send(new TestAuthorizationCommand({ principal, authInfos: infos })),
      'InvalidRequestException',
      400,
      /10/,
    );
    await expectRefusal(
      subject.iot.send(new TestAuthorizationCommand({ authInfos: [publish('a')] })),
      'InvalidRequestException',
      400,
      /principal/,
    );
    await expectRefusal(attempt(principal, { resources: [arn('topic/a')] }), 'InvalidRequestException', 400, /actionType/);
    await expectRefusal(attempt(arn(`cert/${'0'.repeat(64)}`), publish('a')), 'ResourceNotFoundException', 404);
    await expectRefusal(attempt(principal, publish('a'), { policyNamesToAdd: ['none'] }), 'ResourceNotFoundException', 404);
    await expectRefusal(subject.iot.send(new GetEffectivePoliciesCommand({})), 'InvalidRequestException', 400, /thingName/);
  });
});
