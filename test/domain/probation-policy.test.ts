import { compileDevicePolicy, compileProbationPolicy, compileSharedPolicy } from '../../domain/device-policy.ts';
import type { PolicyDocument } from '../../domain/policy-document.ts';
import { topicTree } from '../../domain/topics.ts';
import type { PolicyAction } from '../../local/iot/policy/authorizer.ts';
import { createPolicyAuthorizer } from '../../local/iot/policy/policy-authorizer.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { aLine, aTenant } from '../builders/identifiers.ts';

const account = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' } as const;
const compilation = { scope: { ...account, account: account.accountId }, topics: topicTree('muster') };
const THING = 'muster:sensor:SN-1';
const own = `muster/things/${THING}`;
const shared = 'muster/lines/sensor/firmware';

const device = compileDevicePolicy(compilation, {
  of: 'line',
  line: aLine(),
  sharedTopics: [{ topic: 'firmware', publish: true }],
});
const tenant = compileSharedPolicy(compilation, { of: 'tenant', tenant: aTenant(), sharedTopics: [{ topic: 'notices', publish: false }] });
const probation = compileProbationPolicy(compilation);

/** What AWS IoT says to the thing when these policies are on its certificate and its groups. */
const judged = (...policies: readonly (PolicyDocument | undefined)[]) => {
  const documents = policies.flatMap((policy) => (policy === undefined ? [] : [JSON.stringify(policy)]));
  const directory = { policyDocuments: () => documents, certificatePem: () => undefined };
  const authorizer = createPolicyAuthorizer({ account, clock: new ManualClock(0), directory });
  const thing = { thingName: THING, thingTypeName: 'muster-sensor', attributes: {}, isExclusive: true };
  const subject = { certificateId: 'c1', clientId: THING, thing, sourceIp: '192.0.2.1' };
  return (action: PolicyAction, name: string) => authorizer.authorize(subject, { action, name });
};

describe('F2: A device on probation', () => {
  const decide = judged(device, tenant, probation);
  const free = judged(device, tenant);

  test.each<[string, PolicyAction, string]>([
    ['connects', 'iot:Connect', THING],
    ['reports', 'iot:Publish', `${own}/telemetry`],
    ['subscribes to its own', 'iot:Subscribe', `${own}/settings`],
    ['subscribes to all of its own at once', 'iot:Subscribe', `${own}/#`],
    ['receives what is its own', 'iot:Receive', `${own}/settings`],
    ['may say what ails it', 'iot:Publish', `${own}/diagnosis/report`],
  ])('%s', (_, action, name) => {
    expect(decide(action, name)).toBe('allowed');
  });

  test.each<[string, PolicyAction, string]>([
    ['subscribes to no command', 'iot:Subscribe', `${own}/commands/unlock`],
    ['nor to those that come without a name', 'iot:Subscribe', `${own}/commands`],
    ['nor to all commands', 'iot:Subscribe', `${own}/commands/#`],
    ['receives no command that comes by a wider filter', 'iot:Receive', `${own}/commands/unlock`],
    ['answers no command', 'iot:Publish', `${own}/commands/unlock`],
    ['subscribes to nothing that its line shares', 'iot:Subscribe', shared],
    ['receives nothing that its line shares', 'iot:Receive', shared],
    ['tells its line nothing', 'iot:Publish', shared],
    ['receives nothing that its tenant shares', 'iot:Receive', 'muster/tenants/acme/notices'],
  ])('%s, which it might otherwise', (_, action, name) => {
    expect(free(action, name)).toBe('allowed');
    expect(decide(action, name)).toBe('explicitDeny');
  });

  test.each<[string, PolicyAction, string]>([
    ['of another thing', 'iot:Publish', 'muster/things/muster:sensor:SN-2/telemetry'],
    ['of another thing whose name begins like its own', 'iot:Publish', `${own}0/telemetry`],
    ['of AWS', 'iot:Subscribe', `$aws/things/${THING}/shadow/update/delta`],
  ])('gets at nothing %s even where a policy allows it', (_, action, name) => {
    const everything: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iot:*'], Resource: ['*'] }] };
    expect(judged(everything)(action, name)).toBe('allowed');
    expect(judged(everything, probation)(action, name)).toBe('explicitDeny');
  });
});
