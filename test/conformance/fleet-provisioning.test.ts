import {
  DescribeCertificateCommand,
  DescribeThingCommand,
  ListAttachedPoliciesCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot';
import { X509Certificate } from 'node:crypto';
import { encode } from 'cborg';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { assumed, documented } from './fact.ts';
import { topics } from './provisioning-device.ts';
import { certificate, simpleTemplate, thing } from './provisioning-world.ts';
import { startProvisioning } from './start-provisioning.ts';

const mqttApi = 'IoT developer guide, "Device provisioning MQTT API"';

const world = await startProvisioning();
const templateName = await world.template();

const statusOf = async (certificateId: string): Promise<string | undefined> =>
  (await world.iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status;

const hourMs = 60 * 60_000;

describe.each(['json', 'cbor'] as const)('Fleet provisioning in %s', (format) => {
  documented(mqttApi, 'makes keys and a certificate for an empty payload', async () => {
    const { topic, result, body } = await (await world.device()).request(topics.keys, Buffer.alloc(0), format);
    expect(topic).toBe(`$aws/certificates/create/${format}/accepted`);
    expect(result).toBe('accepted');
    expect(Object.keys(body).sort()).toEqual(['certificateId', 'certificateOwnershipToken', 'certificatePem', 'privateKey']);
    expect(await statusOf(String(body['certificateId']))).toBe('PENDING_ACTIVATION');
  });

  documented('aws-iot-device-sdk-v2, which sends an empty object', 'makes keys and a certificate for an empty object', async () => {
    expect((await (await world.device()).request(topics.keys, {}, format)).result).toBe('accepted');
  });

  documented(mqttApi, 'makes a certificate from a CSR, with its key', async () => {
    const keys = ecKeys();
    const { body } = await (await world.device()).request(topics.csr, { certificateSigningRequest: requestPem({ keys }) }, format);
    expect(Object.keys(body).sort()).toEqual(['certificateId', 'certificateOwnershipToken', 'certificatePem']);
    expect(new X509Certificate(String(body['certificatePem'])).publicKey.equals(keys.publicKey)).toBe(true);
  });

  documented(mqttApi, 'registers a thing, and the device configuration comes in the same format', async () => {
    const configured = await world.template({
      ...simpleTemplate,
      DeviceConfiguration: { url: { 'Fn::Sub': 'https://${SerialNumber}.example' } },
    });
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    const request = { certificateOwnershipToken, parameters: { SerialNumber: `in-${format}` } };
    const { result, body } = await device.request(topics.template(configured), request, format);
    expect([result, body]).toEqual([
      'accepted',
      { deviceConfiguration: { url: `https://in-${format}.example` }, thingName: `thing-in-${format}` },
    ]);
    expect(await statusOf(certificateId)).toBe('ACTIVE');
  });

  documented(mqttApi, 'says in a rejected answer which status, code and message there are', async () => {
    const { result, body } = await (await world.device()).request(topics.csr, {}, format);
    expect([result, body]).toEqual([
      'rejected',
      { statusCode: expect.any(Number) as number, errorCode: expect.any(String) as string, errorMessage: expect.any(String) as string },
    ]);
  });
});

describe('Answers of fleet provisioning', () => {
  documented(mqttApi, 'come on the connection that asked and on no other', async () => {
    const [device, other] = [await world.device(), await world.device()];
    await other.mqtt.subscribeAsync('$aws/certificates/create-from-csr/json/accepted', { qos: 1 });
    await world.certify(device);
    await other.request(topics.csr, { certificateSigningRequest: requestPem() });
    expect([device.answers.length, other.answers.length]).toEqual([1, 1]);
  });

  documented(mqttApi, 'do not come without a subscription that was there before', async () => {
    const device = await world.device();
    await device.mqtt.publishAsync(`${topics.csr}/json`, JSON.stringify({ certificateSigningRequest: requestPem() }), { qos: 1 });
    const { body } = await device.request(topics.keys, {});
    expect(device.answers).toHaveLength(1);
    expect(body).toHaveProperty('certificateId');
  });

  assumed('provisioning.answer-qos', 'come at QoS 1 where the subscription grants it, else at QoS 0', async () => {
    const device = await world.device();
    await world.certify(device);
    await device.mqtt.subscribeAsync(['$aws/certificates/create-from-csr/json/accepted'], { qos: 0 });
    await device.ask(topics.csr, { certificateSigningRequest: requestPem() });
    expect(device.answers.map(({ qos }) => qos)).toEqual([1, 0]);
  });

  assumed('provisioning.wildcards-bring-answers', 'come on wildcard subscriptions, too', async () => {
    const device = await world.device();
    await device.mqtt.subscribeAsync('$aws/certificates/create-from-csr/+/#', { qos: 1 });
    expect((await device.ask(topics.csr, { certificateSigningRequest: requestPem() })).result).toBe('accepted');
  });

  assumed('provisioning.unknown-members-are-tolerated', 'do not mind members that they do not know', async () => {
    const request = { certificateSigningRequest: requestPem(), extra: true };
    expect((await (await world.device()).request(topics.csr, request)).result).toBe('accepted');
  });

  assumed('provisioning.cbor-indefinite-lengths', 'come for CBOR maps of indefinite length', async () => {
    const [, ...members] = encode({ certificateSigningRequest: requestPem() });
    const indefinite = Buffer.from([0xbf, ...members, 0xff]);
    expect((await (await world.device()).request(topics.csr, indefinite, 'cbor')).result).toBe('accepted');
  });

  assumed('provisioning.configuration-when-absent', 'have an empty deviceConfiguration when the template has none', async () => {
    expect((await world.onboard(templateName)).body).toMatchObject({ deviceConfiguration: {} });
  });

  assumed('provisioning.thing-name-when-absent', 'have no thingName when the template has no thing', async () => {
    const bare = await world.template({ Resources: { certificate } });
    expect((await world.onboard(bare)).body).toEqual({ deviceConfiguration: {} });
  });
});

describe('A certificate ownership token', () => {
  documented(mqttApi, 'is good for an hour, and no minute longer', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    world.clock.advance(hourMs - 10_000);
    expect((await world.onboard(templateName, { certificateOwnershipToken }, await world.device())).result).toBe('accepted');
  });

  documented(mqttApi, 'takes a certificate with it that was never activated', async () => {
    const { certificateId } = await world.certify(await world.device());
    world.clock.advance(hourMs);
    await expect(statusOf(certificateId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  assumed('provisioning.token-bound-to', 'may be redeemed on another connection and with another claim', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    const other = await world.device(await world.claim('everything'));
    const request = { certificateOwnershipToken, parameters: { SerialNumber: 'elsewhere' } };
    expect((await other.request(topics.template(templateName), request)).result).toBe('accepted');
  });

  assumed('provisioning.token-works-again-after-success', 'is good for one success', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    const results = [];
    for (let count = 0; count < 2; count++) results.push((await world.onboard(templateName, { certificateOwnershipToken })).result);
    expect(results).toEqual(['accepted', 'rejected']);
  });

  assumed('provisioning.token-works-again-after-failure', 'may be used again after a request that failed', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    expect((await world.onboard(templateName, { certificateOwnershipToken, parameters: {} })).result).toBe('rejected');
    expect((await world.onboard(templateName, { certificateOwnershipToken })).result).toBe('accepted');
  });
});

describe('Parameters of RegisterThing', () => {
  assumed('provisioning.undeclared-parameters', 'need not be declared, and may be referred to', async () => {
    const undeclared = await world.template({ Resources: { certificate, thing } });
    expect((await world.onboard(undeclared, { parameters: { SerialNumber: 'undeclared', Other: 'x' } })).body['thingName']).toBe(
      'thing-undeclared',
    );
  });

  assumed('provisioning.reserved-parameters', 'cannot stand in for what only AWS IoT knows', async () => {
    const named = { ...thing, Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::Id' } } };
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    const parameters = { 'AWS::IoT::Certificate::Id': 'chosen', 'AWS::IoT::Certificate::CommonName': 'chosen' };
    const byId = await world.template({ Resources: { certificate, thing: named } });
    const { body } = await world.onboard(byId, { certificateOwnershipToken, parameters }, device);
    expect(body['thingName']).toBe(certificateId);
    const byName = { ...thing, Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' } } };
    const unknown = await world.template({ Resources: { certificate, thing: byName } });
    expect((await world.onboard(unknown, { parameters }, device)).body['statusCode']).toBe(400);
  });
});

describe('The effects of RegisterThing', () => {
  documented('IoT developer guide, "Provisioning templates"', 'are a thing, its certificate and the certificate’s policy', async () => {
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    await world.onboard(templateName, { certificateOwnershipToken, parameters: { SerialNumber: 'whole' } }, device);
    const principal = world.arn('iot', `cert/${certificateId}`);
    expect(await world.iot.send(new DescribeThingCommand({ thingName: 'thing-whole' }))).toMatchObject({ attributes: { serial: 'whole' } });
    expect(await world.iot.send(new ListThingPrincipalsCommand({ thingName: 'thing-whole' }))).toMatchObject({ principals: [principal] });
    const { policies } = await world.iot.send(new ListAttachedPoliciesCommand({ target: principal }));
    expect(policies?.map(({ policyName }) => policyName)).toEqual(['everything']);
  });

  /** Provisions with a role that may do everything but one thing. */
  const provisionWithout = async (action: string, serial: string) => {
    const provisioningRoleArn = await world.role(
      { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
      { Effect: 'Deny', Action: action, Resource: '*' },
    );
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    const name = await world.template(simpleTemplate, { provisioningRoleArn });
    const { result } = await world.onboard(name, { certificateOwnershipToken, parameters: { SerialNumber: serial } }, device);
    const { policies = [] } = await world.iot.send(new ListAttachedPoliciesCommand({ target: world.arn('iot', `cert/${certificateId}`) }));
    const { principals } = await world.iot
      .send(new ListThingPrincipalsCommand({ thingName: `thing-${serial}` }))
      .catch(() => ({ principals: undefined }));
    return { result, status: await statusOf(certificateId), policies: policies.length, attached: principals?.length };
  };

  assumed('provisioning.effects-order', 'come in the order thing, policies, attachment, status', async () => {
    const failed = { result: 'rejected', status: 'PENDING_ACTIVATION' };
    expect(await provisionWithout('iot:CreateThing', 'o1')).toEqual({ ...failed, policies: 0, attached: undefined });
    expect(await provisionWithout('iot:AttachPolicy', 'o2')).toEqual({ ...failed, policies: 0, attached: 0 });
    expect(await provisionWithout('iot:AttachThingPrincipal', 'o3')).toEqual({ ...failed, policies: 1, attached: 0 });
    expect(await provisionWithout('iot:UpdateCertificate', 'o4')).toEqual({ ...failed, policies: 1, attached: 1 });
  });

  assumed('provisioning.partial-effects-stay', 'are not undone when a later one fails', async () => {
    await provisionWithout('iot:AttachThingPrincipal', 'partial');
    expect(await world.iot.send(new DescribeThingCommand({ thingName: 'thing-partial' }))).toHaveProperty('thingId');
  });
});
