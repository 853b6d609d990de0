import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ThingView } from '../../../../local/iot/directory.ts';
import type { PolicyRequest, PolicySubject } from '../../../../local/iot/policy/authorizer.ts';
import { createPolicyAuthorizer } from '../../../../local/iot/policy/policy-authorizer.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';

const account = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' } as const;
const arn = (resource: string): string => `arn:aws:iot:eu-west-1:123456789012:${resource}`;
const policy = (...statements: readonly unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (action: string, resource: string, rest: object = {}): unknown => ({
  Effect: 'Allow',
  Action: action,
  Resource: arn(resource),
  ...rest,
});

const thing: ThingView = { thingName: 'lamp-1', thingTypeName: 'lamp', attributes: { room: 'attic' }, isExclusive: true };
const subject: PolicySubject = { certificateId: 'c1', clientId: 'lamp-1', thing, sourceIp: '::ffff:192.0.2.1', serverName: 'iot.example' };
const minuteMs = 60_000;

describe('the policy authorizer', () => {
  let clock: ManualClock;
  let documents: string[];
  let reads: number;
  const decide = (request: PolicyRequest, who: PolicySubject = subject): string => authorizer.authorize(who, request);
  let authorizer: ReturnType<typeof createPolicyAuthorizer>;

  beforeEach(() => {
    clock = new ManualClock(Date.parse('2026-01-01T00:00:00Z'));
    documents = [];
    reads = 0;
    const policyDocuments = (): readonly string[] => {
      reads += 1;
      return documents;
    };
    authorizer = createPolicyAuthorizer({ account, clock, directory: { policyDocuments, certificatePem: () => undefined } });
  });

  test('denies when no policy says anything', () => {
    expect(decide({ action: 'iot:Connect', name: 'lamp-1' })).toBe('implicitDeny');
  });

  test.each<[PolicyRequest, string]>([
    [{ action: 'iot:Connect', name: 'x' }, 'client/x'],
    [{ action: 'iot:Publish', name: 'a/b' }, 'topic/a/b'],
    [{ action: 'iot:RetainPublish', name: 'a/b' }, 'topic/a/b'],
    [{ action: 'iot:Receive', name: 'a/b' }, 'topic/a/b'],
    [{ action: 'iot:Subscribe', name: 'a/#' }, 'topicfilter/a/#'],
  ])('judges %j by its resource %s', (request, resource) => {
    documents = [policy(allow(request.action, resource))];
    expect(decide(request)).toBe('allowed');
    expect(decide({ ...request, name: 'other' })).toBe('implicitDeny');
  });

  test.each([
    ['iot:ClientId', 'lamp-1'],
    ['iot:Connection.Thing.ThingName', 'lamp-1'],
    ['iot:Connection.Thing.ThingTypeName', 'lamp'],
    ['iot:Connection.Thing.Attributes[room]', 'attic'],
    ['iot:Connection.Thing.IsAttached', 'true'],
    ['iot:CertificateId', 'c1'],
    ['iot:DomainName', 'iot.example'],
    ['aws:SourceIp', '192.0.2.1'],
  ])('replaces ${%s} by the value of this connection', (variable, value) => {
    documents = [policy(allow('iot:Publish', `topic/\${${variable}}/x`))];
    expect(decide({ action: 'iot:Publish', name: `${value}/x` })).toBe('allowed');
    expect(decide({ action: 'iot:Publish', name: 'neighbour/x' })).toBe('implicitDeny');
  });

  test('gives thing variables no value when the connection stands for no thing', () => {
    documents = [policy(allow('iot:Publish', 'topic/${iot:Connection.Thing.ThingName}'))];
    const stranger = { ...subject, thing: undefined };
    expect(decide({ action: 'iot:Publish', name: 'lamp-1' }, stranger)).toBe('implicitDeny');
    expect(decide({ action: 'iot:Publish', name: '' }, stranger)).toBe('implicitDeny');
    expect(decide({ action: 'iot:Publish', name: 'undefined' }, stranger)).toBe('implicitDeny');
  });

  test('does not take inherited properties for thing attributes', () => {
    documents = [policy(allow('iot:Publish', 'topic/a${iot:Connection.Thing.Attributes[constructor]}'))];
    expect(decide({ action: 'iot:Publish', name: `a${String(Object)}` })).toBe('implicitDeny');
  });

  test('a client id with a wildcard in it opens nothing', () => {
    documents = [policy(allow('iot:Publish', 'topic/${iot:ClientId}/x'))];
    expect(decide({ action: 'iot:Publish', name: 'lamp-1/x' }, { ...subject, clientId: '*' })).toBe('implicitDeny');
  });

  test('quarantine by Deny with NotResource leaves only the diagnosis topics of the thing itself', () => {
    const own = arn('topic/diagnosis/${iot:Connection.Thing.ThingName}/*');
    documents = [policy(allow('iot:Publish', 'topic/*')), policy({ Effect: 'Deny', Action: 'iot:Publish', NotResource: own })];
    expect(decide({ action: 'iot:Publish', name: 'diagnosis/lamp-1/log' })).toBe('allowed');
    expect(decide({ action: 'iot:Publish', name: 'diagnosis/lamp-2/log' })).toBe('explicitDeny');
    expect(decide({ action: 'iot:Publish', name: 'diagnosis/lamp-1/log' }, { ...subject, thing: undefined })).toBe('explicitDeny');
  });

  test('an unconditioned Allow to connect covers persistent sessions and wills', () => {
    documents = [policy(allow('iot:Connect', 'client/*'))];
    expect(decide({ action: 'iot:Connect', name: 'a', connectAttributes: ['PersistentConnect', 'LastWill'] })).toBe('allowed');
  });

  test('a condition may bind the will to a topic', () => {
    documents = [policy(allow('iot:Connect', 'client/*', { Condition: { ArnEquals: { 'iot:LastWillTopic': arn('topic/wills/*') } } }))];
    expect(decide({ action: 'iot:Connect', name: 'a', connectAttributes: ['LastWill'], lastWillTopic: 'wills/a' })).toBe('allowed');
    expect(decide({ action: 'iot:Connect', name: 'a', connectAttributes: ['LastWill'], lastWillTopic: 'b' })).toBe('implicitDeny');
  });

  test('a stored document that nobody can read denies everything', () => {
    documents = [policy(allow('iot:Connect', 'client/*')), 'nonsense'];
    expect(decide({ action: 'iot:Connect', name: 'a' })).toBe('explicitDeny');
  });

  describe('serves policies as stale as AWS IoT does', () => {
    const request: PolicyRequest = { action: 'iot:Publish', name: 'a' };
    beforeEach(() => {
      documents = [policy(allow('iot:Publish', 'topic/a'))];
      expect(decide(request)).toBe('allowed');
      documents = [];
    });

    test('a change is not seen before six minutes', () => {
      clock.advance(6 * minuteMs);
      expect(decide(request)).toBe('allowed');
      expect(reads).toBe(1);
    });

    test('a change is seen after eight minutes', () => {
      clock.advance(8 * minuteMs);
      expect(decide(request)).toBe('implicitDeny');
    });

    test('a principal never seen before gets fresh documents', () => {
      expect(decide(request, { ...subject, certificateId: 'c2' })).toBe('implicitDeny');
    });

    test('another thing of the same principal gets fresh documents', () => {
      expect(decide(request, { ...subject, thing: { ...thing, thingName: 'lamp-2' } })).toBe('implicitDeny');
    });
  });
});
