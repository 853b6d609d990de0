import { describe, expect, test } from '@jest/globals';
import type { BehaviourCapture } from '../../../../local/iot/behaviour/behaviour.ts';
import { claim, goodCsr, ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';

const worldWith = (behaviour: BehaviourCapture): ProvisioningWorld => new ProvisioningWorld({ requestRates: 'off', behaviour });

const { certificate, thing } = simpleTemplate.Resources;

describe('fleet provisioning follows what was captured', () => {
  test('in the words of a refusal', async () => {
    const captured = { statusCode: 418, errorCode: 'Teapot', errorMessage: 'Short and stout: {detail}' };
    const world = worldWith({ 'provisioning.rejected-parameter-missing': captured });
    expect((await world.provision({ parameters: {} })).body).toEqual({ ...captured, errorMessage: 'Short and stout: SerialNumber' });
  });

  test('in the QoS of answers', async () => {
    const world = worldWith({ 'provisioning.answer-qos': 0 });
    await world.token();
    expect(world.answers[0]?.message.qos).toBe(0);
  });

  test('in refusing wildcard subscriptions and unknown members', async () => {
    const world = worldWith({ 'provisioning.wildcards-bring-answers': false, 'provisioning.unknown-members-are-tolerated': false });
    expect(world.service.answersOn('$aws/certificates/create/json/+')).toBe(false);
    expect(world.service.answersOn('$aws/certificates/create/json/accepted')).toBe(true);
    const { body } = await world.request('$aws/certificates/create-from-csr/json', { certificateSigningRequest: goodCsr, extra: 1 });
    expect(body['errorMessage']).toContain('members besides certificateSigningRequest');
  });

  test.each([
    ['claim', { ...claim, principalId: 'another' }],
    ['connection', { ...claim, sessionIdentifier: 'another' }],
  ] as const)('in binding a token to its %s', async (bond, other) => {
    const world = worldWith({ 'provisioning.token-bound-to': bond });
    const topic = '$aws/provisioning-templates/lamps/provision/json';
    const request = { certificateOwnershipToken: await world.token(), parameters: { SerialNumber: 'S1' } };
    expect((await world.request(topic, request, other)).body['errorCode']).toBe('InvalidCertificateOwnershipToken');
    expect((await world.request(topic, request)).topic).toMatch(/accepted$/);
  });

  test('in letting a token be redeemed again', async () => {
    const world = worldWith({ 'provisioning.token-works-again-after-success': true });
    const certificateOwnershipToken = await world.token();
    await world.provision({ certificateOwnershipToken });
    expect((await world.provision({ certificateOwnershipToken })).topic).toMatch(/accepted$/);
  });

  test('in spending a token on a failure', async () => {
    const world = worldWith({ 'provisioning.token-works-again-after-failure': false });
    const certificateOwnershipToken = await world.token();
    await world.provision({ certificateOwnershipToken, parameters: {} });
    expect((await world.provision({ certificateOwnershipToken })).body['errorCode']).toBe('InvalidCertificateOwnershipToken');
  });

  test('in calling a hook again that failed', async () => {
    const world = worldWith({ 'provisioning.hook-retries': 2 });
    world.addTemplate('lamps', simpleTemplate, { hasHook: true });
    world.hook = () =>
      Promise.resolve(
        world.invocations.length < 3
          ? { outcome: 'failed', errorType: 'Error', errorMessage: 'x' }
          : { outcome: 'returned', payload: { allowProvisioning: true } },
      );
    expect((await world.provision()).topic).toMatch(/accepted$/);
    expect(world.invocations).toHaveLength(3);
  });

  test('in what a hook must answer', async () => {
    const world = worldWith({ 'provisioning.hook-accepts-text-true': true, 'provisioning.hook-overrides-are-required': true });
    world.addTemplate('lamps', simpleTemplate, { hasHook: true });
    const answering = (payload: unknown) => {
      world.hook = () => Promise.resolve({ outcome: 'returned', payload });
      return world.provision();
    };
    expect((await answering({ allowProvisioning: 'true', parameterOverrides: {} })).topic).toMatch(/accepted$/);
    expect((await answering({ allowProvisioning: 'false', parameterOverrides: {} })).body['statusCode']).toBe(403);
    expect((await answering({ allowProvisioning: true })).body['statusCode']).toBe(403);
  });

  test('in refusing parameters that the template does not declare', async () => {
    const world = worldWith({ 'provisioning.undeclared-parameters': 'refused' });
    const { body } = await world.provision({ parameters: { SerialNumber: 'S1', Other: 'x' } });
    expect(body['errorMessage']).toContain('declares no parameter Other');
  });

  test('in taking reserved parameters from the device', async () => {
    const named = { ...thing, Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' } } };
    const template = { Resources: { certificate, thing: named } };
    const parameters = { 'AWS::IoT::Certificate::CommonName': 'chosen' };
    const accepting = worldWith({ 'provisioning.reserved-parameters': 'accepted' });
    accepting.addTemplate('lamps', template);
    expect((await accepting.provision({ parameters })).body['thingName']).toBe('chosen');
    const world = worldWith({});
    world.addTemplate('lamps', template);
    expect((await world.provision({ parameters })).body['errorMessage']).toContain('AWS::IoT::Certificate::CommonName');
  });

  test('in the order of effects', async () => {
    const world = worldWith({ 'provisioning.effects-order': ['status', 'policies', 'thing', 'attachment'] });
    await world.provision();
    expect(world.controlPlane.operations).toEqual([
      ...['UpdateCertificate', 'AttachPolicy'],
      ...['CreateThing', 'AddThingToThingGroup', 'AttachThingPrincipal'],
    ]);
  });

  test('in what an answer leaves out', async () => {
    const world = worldWith({ 'provisioning.configuration-when-absent': 'absent', 'provisioning.thing-name-when-absent': 'empty' });
    world.addTemplate('bare', { Resources: { certificate } });
    expect((await world.provision({}, 'bare')).body).toEqual({ thingName: '' });
  });

  test('in override settings', async () => {
    const existing = { thingTypeName: 'lamp', attributes: { serial: 'S1' }, groups: ['lamps'] };
    const failing = worldWith({ 'template.override-default': 'FAIL', 'template.override-fail': 'on-existence' });
    failing.controlPlane.things.set('lamp-S1', existing);
    expect((await failing.provision()).body['errorCode']).toBe('ResourceConflictsException');
  });

  test('in the pseudo parameters', async () => {
    const world = worldWith({ 'template.knows-account-and-region': true });
    const place = { 'Fn::Sub': '${AWS::Region}/${AWS::AccountId}' };
    world.addTemplate('placed', { Resources: { certificate }, DeviceConfiguration: { place } });
    expect((await world.provision({}, 'placed')).body['deviceConfiguration']).toEqual({ place: 'eu-west-1/123456789012' });
  });
});
