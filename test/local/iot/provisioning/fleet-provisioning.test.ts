import { beforeEach, describe, expect, test } from '@jest/globals';
import { claim, goodCsr, ProvisioningWorld } from './provisioning-world.ts';

let world: ProvisioningWorld;

beforeEach(() => {
  world = new ProvisioningWorld();
});

describe('CreateCertificateFromCsr', () => {
  const topic = '$aws/certificates/create-from-csr/json';

  test('answers with certificate, id and token, and nothing else', async () => {
    const { topic: answered, body } = await world.request(topic, { certificateSigningRequest: goodCsr });
    expect(answered).toBe(`${topic}/accepted`);
    expect(Object.keys(body).sort()).toEqual(['certificateId', 'certificateOwnershipToken', 'certificatePem']);
    expect(world.registry.statuses.get(String(body['certificateId']))).toBe('PENDING_ACTIVATION');
  });

  test('answers the requesting connection, at QoS 1, not retained', async () => {
    await world.request(topic, { certificateSigningRequest: goodCsr });
    expect(world.answers[0]).toMatchObject({ connection: claim, message: { qos: 1, retain: false } });
  });

  test('gives another certificate for the same CSR', async () => {
    const first = await world.request(topic, { certificateSigningRequest: goodCsr });
    const second = await world.request(topic, { certificateSigningRequest: goodCsr });
    expect(second.body['certificateId']).not.toBe(first.body['certificateId']);
  });

  test('gives tokens that fit the 512 bytes of embedded devices and say nothing readable', async () => {
    const token = await world.token();
    expect(token.length).toBeLessThan(512);
    expect(token).toMatch(/^[\w.-]+$/);
  });

  test('is logged as GetDeviceCredentials', async () => {
    const { body } = await world.request(topic, { certificateSigningRequest: goodCsr });
    expect(world.log).toEqual([{ eventType: 'GetDeviceCredentials', deviceCertificateId: body['certificateId'], status: 'Success' }]);
  });

  test('tolerates members that it does not know', async () => {
    expect((await world.request(topic, { certificateSigningRequest: goodCsr, extra: 1 })).topic).toBe(`${topic}/accepted`);
  });
});

describe('CreateKeysAndCertificate', () => {
  const topic = '$aws/certificates/create/json';

  test.each([
    ['no bytes', ''],
    ['an empty object', '{}'],
  ])('answers %s with keys and certificate', async (_, payload) => {
    const { topic: answered, body } = await world.request(topic, payload);
    expect(answered).toBe(`${topic}/accepted`);
    expect(Object.keys(body).sort()).toEqual(['certificateId', 'certificateOwnershipToken', 'certificatePem', 'privateKey']);
  });
});

describe('RegisterThing', () => {
  test('makes thing, policy attachment, thing attachment and active certificate, in this order', async () => {
    const { topic, body } = await world.provision();
    expect(topic).toBe('$aws/provisioning-templates/lamps/provision/json/accepted');
    expect(body).toEqual({ deviceConfiguration: {}, thingName: 'lamp-S1' });
    const [certificateId] = [...world.registry.statuses.keys()];
    const certificateArn = `arn:aws:iot:eu-west-1:123456789012:cert/${String(certificateId)}`;
    expect(world.controlPlane.calls).toEqual([
      ['CreateThing', { thingName: 'lamp-S1', thingTypeName: 'lamp', attributePayload: { attributes: { serial: 'S1' } } }],
      ['AddThingToThingGroup', { thingName: 'lamp-S1', thingGroupName: 'lamps' }],
      ['AttachPolicy', { policyName: 'lamp-policy', target: certificateArn }],
      ['AttachThingPrincipal', { thingName: 'lamp-S1', principal: certificateArn, thingPrincipalType: 'NON_EXCLUSIVE_THING' }],
      ['UpdateCertificate', { certificateId, newStatus: 'ACTIVE' }],
    ]);
    expect(world.registry.statuses.get(String(certificateId))).toBe('ACTIVE');
  });

  test('is logged as ProvisionDevice', async () => {
    await world.provision();
    const [deviceCertificateId] = [...world.registry.statuses.keys()];
    expect(world.log.at(-1)).toEqual({
      eventType: 'ProvisionDevice',
      provisioningTemplateName: 'lamps',
      deviceCertificateId,
      status: 'Success',
    });
  });

  test('takes the token from another connection that may publish to the topic', async () => {
    const certificateOwnershipToken = await world.token();
    const request = { certificateOwnershipToken, parameters: { SerialNumber: 'S1' } };
    const other = { ...claim, clientId: 'claim-2' };
    const { topic } = await world.request('$aws/provisioning-templates/lamps/provision/json', request, other);
    expect(topic).toMatch(/accepted$/);
  });

  test('keeps what was done before a failing step, names the step in the log, and leaves the certificate pending', async () => {
    world.controlPlane.failing = 'AttachPolicy';
    const { body } = await world.provision();
    expect(body['statusCode']).toBe(400);
    expect(world.controlPlane.operations).toEqual(['CreateThing', 'AddThingToThingGroup']);
    expect([...world.registry.statuses.values()]).toEqual(['PENDING_ACTIVATION']);
    expect(world.log.at(-1)).toMatchObject({
      status: 'Failure',
      reason: 'registration-failed',
      details: expect.stringContaining('"policy"'),
    });
  });

  test('lets the device try again with the same token after a failure', async () => {
    const certificateOwnershipToken = await world.token();
    world.controlPlane.failing = 'AttachPolicy';
    await world.provision({ certificateOwnershipToken });
    world.controlPlane.failing = undefined;
    expect((await world.provision({ certificateOwnershipToken })).topic).toMatch(/accepted$/);
  });

  test('cannot be told the certificate id by the device', async () => {
    const { certificate } = templateWithConfiguration.Resources;
    const thing = { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::Id' } } };
    world.addTemplate('named-by-id', { Resources: { certificate, thing } });
    const { body } = await world.provision({ parameters: { 'AWS::IoT::Certificate::Id': 'another' } }, 'named-by-id');
    expect(body['thingName']).toBe([...world.registry.statuses.keys()][0]);
  });

  test('passes evaluated device configuration back', async () => {
    world.addTemplate('configured', templateWithConfiguration);
    expect((await world.provision({}, 'configured')).body['deviceConfiguration']).toEqual({ url: 'https://S1.example' });
  });

  test('answers without thingName when the template has no thing', async () => {
    const { certificate } = templateWithConfiguration.Resources;
    world.addTemplate('bare', { Resources: { certificate } });
    expect((await world.provision({}, 'bare')).body).toEqual({ deviceConfiguration: {} });
  });

  test('makes a policy from a document once, named by its hash', async () => {
    const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } };
    const { certificate } = templateWithConfiguration.Resources;
    world.addTemplate('documented', {
      Resources: { certificate, policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: document } } },
    });
    await world.provision({}, 'documented');
    expect((await world.provision({}, 'documented')).topic).toMatch(/accepted$/);
    expect([...world.controlPlane.policies]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

const templateWithConfiguration = {
  Parameters: { SerialNumber: { Type: 'String' } },
  Resources: { certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } } },
  DeviceConfiguration: { url: { 'Fn::Sub': 'https://${SerialNumber}.example' } },
};

describe('the request rate', () => {
  const topic = '$aws/certificates/create-from-csr/json';
  const burst = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i += 1) await world.request(topic, { certificateSigningRequest: goodCsr });
    return world.answers.filter((answer) => answer.topic.endsWith('rejected')).length;
  };

  beforeEach(() => {
    world = new ProvisioningWorld({});
  });

  test('is 20 certificates from CSRs per second, as on AWS', async () => {
    expect(await burst(20)).toBe(0);
    expect(await burst(1)).toBe(1);
    world.clock.advance(1000);
    expect(await burst(20)).toBe(1);
  });

  test('is 10 per second for the other two', async () => {
    for (let i = 0; i < 11; i += 1) await world.request('$aws/certificates/create/json', '');
    expect(world.answers.map((answer) => answer.body['statusCode'])).toEqual([...Array<undefined>(10).fill(undefined), 429]);
  });
});

describe('the topics', () => {
  test.each([
    ['$aws/certificates/create/json', true],
    ['$aws/certificates/create-from-csr/json', true],
    ['$aws/provisioning-templates/lamps/provision/json', true],
    ['$aws/certificates/create/cbor', true],
    ['$aws/certificates/create/xml', false],
    ['$aws/certificates/create/json/accepted', false],
    ['$aws/certificates/create', false],
    ['$aws/provisioning-templates/la+mps/provision/json', false],
    [`$aws/provisioning-templates/${'x'.repeat(37)}/provision/json`, false],
    ['$aws/provisioning-templates/lamps/provision/json/x', false],
    ['$aws/provisioning-templates/lamps/other/json', false],
    ['certificates/create/json', false],
    ['$aws/things/x/shadow/get', false],
  ])('%s is a request topic: %s', (topic, expected) => {
    expect(world.service.accepts(topic)).toBe(expected);
  });

  test.each([
    ['$aws/certificates/create/json/accepted', true],
    ['$aws/certificates/create-from-csr/json/rejected', true],
    ['$aws/certificates/create/json/+', true],
    ['$aws/certificates/create/#', true],
    ['$aws/certificates/#', true],
    ['$aws/provisioning-templates/lamps/provision/json/accepted', true],
    ['$aws/provisioning-templates/+/provision/+/+', true],
    ['$aws/certificates/create/json', false],
    ['$aws/certificates/create/json/other', false],
    ['$aws/certificates/create/json/accepted/#', false],
    ['$aws/provisioning-templates/lamps/provision/accepted', false],
    ['$aws/#', false],
    ['#', false],
    ['+/certificates/create/json/accepted', false],
  ])('%s brings answers: %s', (filter, expected) => {
    expect(world.service.answersOn(filter)).toBe(expected);
  });

  test('a message on any other topic is not answered', async () => {
    await world.service.handle(claim, { topic: 'elsewhere', payload: Buffer.alloc(0), qos: 0, retain: false });
    expect(world.answers).toEqual([]);
  });
});
